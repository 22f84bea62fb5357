using GnMlNet.Reference.Constants;
using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Audits;

/// <summary>What is certified of a trained network on rows: of E = (1/n) sum_j r_j^2 at its weights, without penalty.</summary>
/// <param name="Rows">n.</param>
/// <param name="Parameters">Their number p; signs of the paper's networks are none.</param>
/// <param name="HasBiases">Whether hidden units and output have biases.</param>
/// <param name="HasFixedSigns">Whether every output weight is 1 or -1.</param>
/// <param name="Loss">Contains E.</param>
/// <param name="GradientNorm">Contains |grad E| over all weights of the network.</param>
/// <param name="SmallestEigenvalue">A positive number that the smallest eigenvalue of the Gauss-Newton matrix (2/n) J^T J is proved not to fall below, or null where none was found.</param>
/// <param name="StepLength">Contains the length of the undamped Gauss-Newton step from these weights, where the matrix is proved to be positive definite.</param>
/// <param name="WeightNorm">Contains the norm of the weights.</param>
/// <param name="Threshold">
/// For a network of the paper: contains the least scaling factor with which a theorem covers the flow that starts at these weights, 1R for p at least n, 5R with r = 1/2 for
/// fewer; null for other networks, or where Assumption 1 or 2 is not proved.
/// </param>
public sealed record ModelAudit(
    int Rows, int Parameters, bool HasBiases, bool HasFixedSigns, Ball Loss, Ball GradientNorm, Dyadic? SmallestEigenvalue, Ball? StepLength, Ball WeightNorm, Ball? Threshold)
{
    private const int Bits = 256;

    /// <summary>Whether it is a network of the paper: no biases, and output weights of 1 or -1.</summary>
    public bool IsOfThePaper => !HasBiases && HasFixedSigns;

    /// <summary>Certifies the network of the last iterate of a training run on its rows.</summary>
    public static ModelAudit Of(RecordedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Kind != RunKind.Training) throw new ArgumentException("Weights of all layers are needed, as a training run has them.", nameof(run));
        double[] theta = run.Iterates[^1].Parameters, signs = theta[run.Layout.Output(0)..run.Layout.OutputBias];
        bool hasFixedSigns = signs.All(sign => Math.Abs(sign) == 1), isOfThePaper = hasFixedSigns && !run.Biases;
        // Each row counts once, so that the mean is exact.
        run = run with { TrainsOutputLayer = !isOfThePaper, Rows = [.. run.Rows.Select(row => row with { Weight = 1 })] };
        var equations = new TrainingEquations(run, FastKernels.Instance);
        EnclosedPoint point = equations.Evaluate(theta, Bits);
        int n = run.Rows.Count, p = equations.ParameterCount;
        Ball share = Ball.Divide(Ball.Exact(2), Ball.Exact(n), Bits);
        SolutionEnclosure? step = p > n ? null : UndampedStep(point);
        return new ModelAudit(
            n,
            p,
            run.Biases,
            hasFixedSigns,
            Ball.Divide(new Ball(point.Loss, point.LossError), Ball.Exact(n), Bits),
            Ball.Multiply(share, Norm(point.Gradient, Norms.Euclidean(point.GradientErrors)), Bits),
            step?.SmallestEigenvalue is { } smallest ? Ball.Multiply(share, Ball.Exact(smallest), Bits).Lower : null,
            step is { Distance.IsFinite: true } ? Norm(step.Approximation, step.Distance) : null,
            Norm(point.Parameters.Center[..p], Magnitude.Zero),
            isOfThePaper ? ThresholdOf(run, theta, signs, isOverparameterized: p >= n) : null);
    }

    /// <summary>(2/n) J^T J s = (2/n) J^T r: the factor falls out.</summary>
    private static SolutionEnclosure UndampedStep(EnclosedPoint point)
    {
        GramEnclosure gram = point.Grams.Of([.. Enumerable.Repeat(1.0, point.Residuals.Length)]);
        return SolutionEnclosure.Of(new DenseSystem(gram.Matrix, gram.Error, point.Gradient, point.GradientErrors, atLeast: Dyadic.Zero));
    }

    private static Ball? ThresholdOf(RecordedRun run, double[] theta, double[] signs, bool isOverparameterized)
    {
        RecordedRun flow = run with { Kind = RunKind.Flow, Signs = signs, InitialWeights = theta[..run.Layout.Output(0)] };
        return FlowConstants.Enclose(flow, Bits).CoveringThreshold(isOverparameterized, Bits);
    }

    private static Ball Norm(IEnumerable<Dyadic> entries, Magnitude error)
    {
        Ball norm = Ball.Sqrt(Ball.Exact(entries.Aggregate(Dyadic.Zero, (sum, entry) => sum + (entry * entry))), Bits);
        return new Ball(norm.Midpoint, norm.Radius + error);
    }
}
