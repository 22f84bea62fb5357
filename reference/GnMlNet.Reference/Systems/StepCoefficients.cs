namespace GnMlNet.Reference.Systems;

/// <summary>The numbers that tell one kind of step from another in <see cref="StepDerivative"/>: S = f J^T Theta J + ..., b = c sum_j w_j r_j J_j + ....</summary>
/// <param name="Weights">W, n row weights of the gradient.</param>
/// <param name="GradientFactor">c.</param>
/// <param name="GramFactor">What J^T W J has in N: c times the derivative of a residual with respect to its output.</param>
/// <param name="SystemWeights">Theta, n row weights of the matrix.</param>
/// <param name="SystemFactor">f.</param>
/// <param name="Diagonal">p numbers on the diagonal of N: the derivative of what else b has.</param>
internal sealed record StepCoefficients(
    double[] Weights, Dyadic GradientFactor, Dyadic GramFactor, double[] SystemWeights, Dyadic SystemFactor, Dyadic[] Diagonal);
