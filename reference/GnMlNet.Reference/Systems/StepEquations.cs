using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Systems;

/// <summary>The points of a run and the equations of its steps, with everything that goes into them enclosed.</summary>
internal abstract class StepEquations
{
    private readonly double[] _inputs;

    private protected StepEquations(RecordedRun run, ExactKernels kernels)
    {
        (Run, Kernels, Layout) = (run, kernels, run.Layout);
        _inputs = [.. run.Rows.SelectMany(row => run.Biases ? [.. row.X, 1.0] : row.X)];
        Weights = [.. run.Rows.Select(row => row.Weight)];
        Targets = [.. run.Rows.Select(row => Dyadic.FromDouble(row.Y))];
    }

    /// <summary>p, the length of a step.</summary>
    internal int ParameterCount => (int)Layout.TrainedCount;

    /// <summary>alpha, which outputs are multiplied by; 1 in training.</summary>
    internal abstract double Scale { get; }

    /// <summary>2 where the gradient is that of the sum of squares, 1 where it is half of it.</summary>
    internal int GradientFactor => 1 << GradientShift;

    private protected RecordedRun Run { get; }

    private protected ExactKernels Kernels { get; }

    private protected ParameterLayout Layout { get; }

    /// <summary>The row weights.</summary>
    private protected double[] Weights { get; }

    /// <summary>y.</summary>
    private protected Dyadic[] Targets { get; }

    /// <summary>The row weights of the matrix of a step from all rows.</summary>
    private protected abstract double[] WholeMatrixWeights { get; }

    private protected abstract int GradientShift { get; }

    internal static StepEquations Of(RecordedRun run, ExactKernels kernels) => run.Kind == RunKind.Flow ? new FlowEquations(run, kernels) : new TrainingEquations(run, kernels);

    /// <summary>What there is to know at recorded parameters.</summary>
    internal EnclosedPoint Evaluate(double[] parameters, int fractionBits) => Evaluate(ParameterBall.Exact(parameters), fractionBits);

    /// <summary>Outputs, loss and gradient at all parameters of a ball, without penalty.</summary>
    internal EnclosedPoint Evaluate(ParameterBall parameters, int fractionBits)
    {
        Layer layer = LayerOf(parameters);
        ActivationEnclosure activations = ActivationEnclosure.Of(layer, fractionBits, Kernels);
        OutputEnclosure outputs = FromOrigin(OutputEnclosure.Of(layer, activations), fractionBits);
        JacobianEnclosure jacobian = JacobianEnclosure.Of(layer, activations, fractionBits);
        (Dyadic[] residuals, Magnitude error) = Residuals(outputs);
        (Dyadic loss, Magnitude lossError) = WeightedSquares.Of(Weights, residuals, error);
        (Dyadic[] gradient, Magnitude[] gradientErrors) = WeightedGradient.Of(jacobian, Weights, [.. residuals.Select(residual => residual << GradientShift)], error << GradientShift);
        var grams = new GramsOfPoint(jacobian, WholeMatrixWeights, Kernels);
        return new EnclosedPoint(parameters, layer, activations, outputs, jacobian, grams, residuals, error, loss, lossError, gradient, gradientErrors);
    }

    /// <summary>The point that outputs are counted from, or null where it is the zero function.</summary>
    internal abstract EnclosedPoint? Origin(int fractionBits);

    /// <summary>The point with the penalty of a step in its loss and gradient.</summary>
    internal abstract EnclosedPoint Penalized(EnclosedPoint point, RecordedIterate step);

    /// <summary>The equations of the step from a point without penalty, or of the direction at it.</summary>
    internal abstract EnclosedSystem Equations(EnclosedPoint point, RecordedIterate step);

    /// <summary>What the derivative of the step needs.</summary>
    internal abstract StepCoefficients Coefficients(RecordedIterate step);

    /// <summary>The row weights of the matrix of a step.</summary>
    internal abstract double[] MatrixWeights(RecordedIterate step);

    /// <summary>What the weights of the rows of that matrix sum to, 1 where these are all: both sides of the equations are multiplied by it.</summary>
    internal virtual Dyadic SampleWeight(RecordedIterate step) => Dyadic.One;

    /// <summary>The iterates that the step recorded with an iterate needs; it starts from the first of them.</summary>
    internal abstract IReadOnlyList<RecordedIterate> IteratesOfStep(int index);

    /// <summary>Whether an iterate is the start of another run and no step led to it.</summary>
    internal abstract bool IsStart(RecordedIterate iterate);

    /// <summary>Whether the step that led to an iterate is one that can be repeated.</summary>
    internal abstract bool CanRepeat(int index);

    /// <summary>c of the step map theta + c s(theta).</summary>
    internal abstract (Dyadic Value, Magnitude Error) StepFactor(RecordedIterate iterate, int bits);

    /// <summary>The parameters that the fast path goes to from others by the recorded step, rounded as it rounds; null where the step leads nowhere by itself.</summary>
    /// <param name="before">The iterate before.</param>
    /// <param name="after">The iterate that the step leads to.</param>
    internal abstract double[]? Next(RecordedIterate before, RecordedIterate after);

    private protected abstract Layer LayerOf(ParameterBall parameters);

    private protected abstract OutputEnclosure FromOrigin(OutputEnclosure outputs, int fractionBits);

    private protected abstract (Dyadic[] Values, Magnitude Error) Residuals(OutputEnclosure outputs);

    private protected Layer Layer(ParameterBall parameters, Dyadic[] outputWeights, Dyadic outputBias) => new(
        _inputs,
        Run.Rows.Count,
        parameters.Center[..(int)Layout.HiddenCount],
        parameters.Radius,
        outputWeights,
        outputBias,
        Layout.TrainsOutputLayer ? parameters.Radius : Magnitude.Zero,
        Layout,
        Run.Activation);
}
