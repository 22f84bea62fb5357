using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Costs;

/// <summary>How the parts of a table fall to silos that are alike, as <see cref="ClusterTable"/> cuts them.</summary>
internal sealed class PartShares
{
    private PartShares(int parts, int most, int silos, int nodes) => (Parts, Most, Silos, Nodes) = (parts, most, silos, nodes);

    /// <summary>How many parts there are.</summary>
    internal int Parts { get; }

    /// <summary>How many the busiest silo has.</summary>
    internal int Most { get; }

    /// <summary>How many silos have any.</summary>
    internal int Silos { get; }

    /// <summary>How many vectors they send together for a sum: one for every node of the tree that lies in the range of a silo.</summary>
    internal int Nodes { get; }

    /// <summary>The shares of so many silos.</summary>
    internal static PartShares Of(int parts, int silos)
    {
        PartRange[] ranges = [.. PartCut.Cut(parts, [.. Enumerable.Repeat(1, silos)]).Where(range => range.Count > 0)];
        return new PartShares(parts, ranges.Max(range => range.Count), ranges.Length, ranges.Sum(range => SumTree.Nodes(parts, range).Count));
    }
}
