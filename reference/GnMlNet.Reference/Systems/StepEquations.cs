using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Systems;

/// <summary>The points and equations of a run, of either kind.</summary>
internal sealed class StepEquations
{
    private readonly TrainingSystem? _training;
    private readonly FlowSystem? _flow;

    internal StepEquations(RecordedRun run, ExactKernels kernels)
    {
        if (run.Kind == RunKind.Training) _training = new TrainingSystem(run, kernels);
        else _flow = new FlowSystem(run, kernels);
        ParameterCount = _training?.TrainedCount ?? run.InitialWeights.Length;
    }

    /// <summary>p, the length of a step.</summary>
    internal int ParameterCount { get; }

    /// <summary>What there is to know at a point.</summary>
    internal EnclosedPoint Evaluate(ParameterBall parameters, int fractionBits) => _training?.Evaluate(parameters, fractionBits) ?? _flow!.Evaluate(parameters, fractionBits);

    /// <summary>What there is to know at recorded parameters.</summary>
    internal EnclosedPoint Evaluate(double[] parameters, int fractionBits) => Evaluate(ParameterBall.Exact(parameters), fractionBits);

    /// <summary>The point with the penalty of a step in its loss and gradient.</summary>
    internal EnclosedPoint Penalized(EnclosedPoint point, RecordedIterate step) => _training?.Penalized(point, step) ?? point;

    /// <summary>The equations of the step from a point without penalty, or of the direction at it.</summary>
    internal EnclosedSystem Equations(EnclosedPoint point, RecordedIterate step) => _training?.Equations(point, step) ?? _flow!.Equations(point);

    /// <summary>What the derivative of the step needs.</summary>
    internal StepCoefficients Coefficients(RecordedIterate step) => _training?.Coefficients(step) ?? _flow!.Coefficients();

    /// <summary>The row weights of the matrix of a step.</summary>
    internal double[] MatrixWeights(EnclosedPoint point, RecordedIterate step) => _training?.CurvatureWeights(step) ?? [.. point.Residuals.Select(_ => 1.0)];
}
