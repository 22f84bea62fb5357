using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Minimizers;

/// <summary>
/// E(theta) = sum_j w_j r_j^2 + theta^T Lambda theta of a network on rows, as training minimizes it (docs/certify.md). Derivatives are those of F = E/2, as training computes them:
/// g = J^T W r + Lambda theta, H = J^T W J + Lambda + sum_j w_j r_j D^2 f_j.
/// </summary>
public sealed class TrainingObjective
{
    private readonly TrainingEquations _equations;
    private readonly RecordedIterate _penalized;

    /// <summary>Makes it.</summary>
    /// <param name="run">The shape of the network and its rows as training works with them; its iterates do not matter.</param>
    /// <param name="penalties">The diagonal of Lambda: a number of at least 0 for every weight.</param>
    /// <exception cref="ArgumentException">It is no training run of all layers with at least one row, or a number is missing or out of its range.</exception>
    public TrainingObjective(RecordedRun run, double[] penalties)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(penalties);
        if (run.Kind != RunKind.Training || !run.TrainsOutputLayer || run.Rows.Count == 0) throw new ArgumentException("A training run of all layers with rows is needed.", nameof(run));
        if (penalties.Length != run.ParameterCount) throw new ArgumentException($"{run.ParameterCount} penalties are needed, not {penalties.Length}.", nameof(penalties));
        if (!Array.TrueForAll(penalties, penalty => double.IsFinite(penalty) && penalty >= 0)) throw new ArgumentException("Penalties must be finite and at least 0.", nameof(penalties));
        (Run, Penalties) = (run, penalties);
        _equations = new TrainingEquations(run, FastKernels.Instance);
        _penalized = new RecordedIterate { Parameters = [], Penalties = penalties };
        Weights = [.. run.Rows.Select(row => row.Weight)];
    }

    /// <summary>The network's shape and its rows.</summary>
    public RecordedRun Run { get; }

    /// <summary>The diagonal of Lambda.</summary>
    public IReadOnlyList<double> Penalties { get; }

    /// <summary>p.</summary>
    public int ParameterCount => Penalties.Count;

    /// <summary>W.</summary>
    internal double[] Weights { get; }

    /// <summary>What there is to know at all parameters of a ball.</summary>
    internal ObjectivePoint At(ParameterBall parameters, int fractionBits)
    {
        EnclosedPoint plain = _equations.Evaluate(parameters, fractionBits);
        return new ObjectivePoint(_equations.Penalized(plain, _penalized), new Ball(plain.Loss, plain.LossError));
    }

    /// <summary>H at a point.</summary>
    internal HessianEnclosure HessianAt(EnclosedPoint point) => HessianEnclosure.Of(point, Weights, [.. Penalties.Select(Dyadic.FromDouble)]);
}
