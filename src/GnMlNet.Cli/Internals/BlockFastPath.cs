using GnMlNet.Core.Ensembles;

namespace GnMlNet.Cli.Internals;

/// <summary>What the fast path computes of a member of a kernel block, for the cross-check to compare.</summary>
internal static class BlockFastPath
{
    /// <summary>The member's function, not limited to any range, in standardized units of the label.</summary>
    /// <param name="member">The member.</param>
    /// <param name="rows">q rows of d inputs, one behind the other, as the member sees them.</param>
    /// <returns>q numbers.</returns>
    internal static double[] Predict(KernelMember member, double[] rows) => [.. rows.Chunk(member.InputSize).Select(row => member.Predict(row))];
}
