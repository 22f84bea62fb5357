namespace GnMlNet.Cluster.Work;

/// <summary>How the parts of a table are spread over silos.</summary>
internal static class PartCut
{
    // Ranges begin at multiples of a quarter to a half of a fair share, so that few nodes of the tree, each of which is a vector to be sent, make one up.
    private const int StepsPerSilo = 2;

    /// <summary>Neighbouring ranges, one for each silo, some empty where there are more silos than parts.</summary>
    /// <param name="parts">The number of parts.</param>
    /// <param name="weights">How much each silo can do, above 0.</param>
    internal static IReadOnlyList<PartRange> Cut(int parts, IReadOnlyList<int> weights)
    {
        double total = weights.Sum(weight => (double)weight);
        int step = Math.Max(1, PowerOfTwo(parts / (StepsPerSilo * weights.Count)));
        var ranges = new PartRange[weights.Count];
        double before = 0;
        int first = 0;
        for (int k = 0; k < ranges.Length; k++)
        {
            before += weights[k];
            int end = k == ranges.Length - 1 ? parts : Math.Clamp((int)Math.Round(parts * before / total / step) * step, first, parts);
            ranges[k] = new PartRange(first, end);
            first = end;
        }

        return ranges;
    }

    /// <summary>The largest power of two that is not above a number.</summary>
    private static int PowerOfTwo(int number) => number <= 1 ? 1 : 1 << System.Numerics.BitOperations.Log2((uint)number);
}
