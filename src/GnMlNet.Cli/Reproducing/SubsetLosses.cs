namespace GnMlNet.Cli.Reproducing;

/// <summary>The losses at the end for another subset of the rows, in the order of the scaling factors of at least 1.</summary>
/// <param name="SubsetSeed">The seed of the subset.</param>
/// <param name="Losses">The losses of the Gauss-Newton flows at their ends.</param>
/// <param name="RankLossTimes">When each lost rank, or null.</param>
internal sealed record SubsetLosses(int SubsetSeed, IReadOnlyList<double> Losses, IReadOnlyList<double?> RankLossTimes)
{
    /// <summary>Whether a larger alpha ended at a larger loss throughout.</summary>
    internal bool IsOrdered => Losses.Zip(Losses.Skip(1), (first, second) => first < second).All(holds => holds);
}
