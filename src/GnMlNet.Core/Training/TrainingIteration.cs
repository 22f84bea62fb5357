namespace GnMlNet.Core.Training;

/// <summary>
/// What one iteration of training did. Iteration 0 is the starting point, before any step: its step figures are zero.
/// All figures are in standardized units, where predicting the mean has a mean squared error of 1.
/// </summary>
/// <param name="Start">Which initialization, from 0.</param>
/// <param name="Iteration">The number of accepted steps so far.</param>
/// <param name="Loss">E(theta), the penalized mean squared error over the training rows, after the step.</param>
/// <param name="MeanSquaredError">The loss without its penalty.</param>
/// <param name="ValidationError">The mean squared error over the validation rows, or NaN where there are none.</param>
/// <param name="GradientNorm">The largest magnitude in g, half the gradient of the loss, after the step.</param>
/// <param name="Damping">mu of the accepted step.</param>
/// <param name="StepNorm">The step's Euclidean length.</param>
/// <param name="GainRatio">The fall of the loss divided by the fall that the quadratic model predicted; near 1 where Gauss-Newton is exact.</param>
/// <param name="RejectedSteps">How many steps, with less damping, were tried and rejected first.</param>
/// <param name="CurvatureRows">
/// How many rows the Gauss-Newton matrix of the step was made from, in random order: all of them or, far from a minimum, whole blocks of fewer.
/// Loss, gradient and acceptance always see every row.
/// </param>
/// <param name="CurvatureInSinglePrecision">Whether that matrix was summed in single precision, as it is far from a minimum on large tables.</param>
/// <param name="NoisePrecision">b, where the penalty adapts by evidence; NaN otherwise.</param>
/// <param name="EffectiveParameters">gamma, how many parameters the rows determine, where the penalty adapts by evidence; NaN otherwise.</param>
public readonly record struct TrainingIteration(
    int Start,
    int Iteration,
    double Loss,
    double MeanSquaredError,
    double ValidationError,
    double GradientNorm,
    double Damping,
    double StepNorm,
    double GainRatio,
    int RejectedSteps,
    int CurvatureRows,
    bool CurvatureInSinglePrecision,
    double NoisePrecision,
    double EffectiveParameters);
