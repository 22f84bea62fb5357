using GnMlNet.Core.Steps;

namespace GnMlNet.Cluster.Costs;

/// <summary>
/// What the machines and wires of a cluster do in a second: what <c>gnml cluster bench</c> measures. As it is, a core of a machine of 2025 and a wire of 1 Gbit/s; every figure is above 0, and may be infinite where it is a rate, 0 where it is a time.
/// </summary>
public sealed record ClusterRates
{
    private const double Billion = 1e9;

    /// <summary>Seconds from a call of the coordinator to a silo until its answer, where nothing is to be done.</summary>
    public double CallSeconds { get; init; } = 5e-4;

    /// <summary>Seconds of one of the coordinator's cores that a call takes up, beside the bytes in it.</summary>
    public double CoordinatorSecondsOfCall { get; init; } = 5e-5;

    /// <summary>Bytes of vectors that go over the coordinator's wire in a second, in one direction.</summary>
    public double BytesPerSecond { get; init; } = 1.14e8;

    /// <summary>Multiplications with an addition of a gradient pass, as <see cref="TrainingTask.GradientProducts"/> counts them, that a core makes in a second.</summary>
    public double GradientProductsPerSecond { get; init; } = Billion * StepCosts.DoubleRate;

    /// <summary>Multiplications with an addition of the Gauss-Newton matrix J^T W J, as <see cref="TrainingTask.GramProducts"/> counts them, that a core makes in a second.</summary>
    public double GramProductsPerSecond { get; init; } = Billion * StepCosts.DoubleRate;

    /// <summary>Numbers of the vector of a part that a core takes from its kernels and adds to others in a second.</summary>
    public double NumbersPerSecond { get; init; } = 2e8;

    /// <summary>Multiplications with an addition of Cholesky factorizations and inverses of factors that a core makes in a second.</summary>
    public double SolvingProductsPerSecond { get; init; } = Billion * StepCosts.DoubleRate / 2;

    /// <summary>Throws where a figure is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is; the exception names it.</exception>
    internal void Validate()
    {
        foreach ((string name, double seconds) in new[] { (nameof(CallSeconds), CallSeconds), (nameof(CoordinatorSecondsOfCall), CoordinatorSecondsOfCall) })
        {
            if (!(seconds >= 0 && double.IsFinite(seconds))) throw new ArgumentOutOfRangeException(name, seconds, $"{name} must be 0 or more.");
        }

        foreach ((string name, double rate) in new[]
        {
            (nameof(BytesPerSecond), BytesPerSecond),
            (nameof(GradientProductsPerSecond), GradientProductsPerSecond),
            (nameof(GramProductsPerSecond), GramProductsPerSecond),
            (nameof(NumbersPerSecond), NumbersPerSecond),
            (nameof(SolvingProductsPerSecond), SolvingProductsPerSecond),
        })
        {
            if (!(rate > 0)) throw new ArgumentOutOfRangeException(name, rate, $"{name} must be above 0.");
        }
    }
}
