using GnMlNet.Core.Ensembles;

namespace GnMlNet.Cli.Internals;

/// <summary>What the fast path computes of the leverage of a network of an ensemble, for the cross-check to compare.</summary>
internal static class LeveragePath
{
    /// <summary>The leverage at some rows; null where the network does not keep it.</summary>
    /// <param name="member">The network.</param>
    /// <param name="rows">The inputs that it sees.</param>
    internal static double[]? At(NetworkMember member, IEnumerable<double[]> rows) => member.Leverage is null ? null : [.. rows.Select(row => member.Variance(row))];
}
