
namespace GnMlNet.Cli.Benchmarking;

/// <summary>What <c>gnml bench</c> measured.</summary>
/// <param name="Machine">The machine in one line.</param>
/// <param name="OpenBlas">What OpenBLAS says about itself, or null where there is none.</param>
/// <param name="Comparisons">Each within one interleaved run.</param>
/// <param name="Growth">How a step's time grows with the sizes.</param>
internal sealed record BenchResult(string Machine, string? OpenBlas, IReadOnlyList<BenchResult.Comparison> Comparisons, IReadOnlyList<BenchResult.Doubling> Growth)
{
    /// <summary>One comparison.</summary>
    /// <param name="Work">What is done.</param>
    /// <param name="Milliseconds">Of the product, the median.</param>
    /// <param name="Rate">Thousand million operations per second, where they are counted.</param>
    /// <param name="Peak">What one core can do at most, measured in the same run, where the rate is.</param>
    /// <param name="OpenBlas">Milliseconds of the same with the Jacobian written out and OpenBLAS.</param>
    /// <param name="Plain">Milliseconds of a plain managed way: MathNet.Numerics for steps, loops over <see cref="Math.Tanh"/> for predictions.</param>
    internal sealed record Comparison(string Work, double Milliseconds, double? Rate = null, double? Peak = null, double? OpenBlas = null, double? Plain = null);

    /// <summary>How much longer a step takes when a size doubles.</summary>
    internal sealed record Doubling(string Doubled, double Factor);
}
