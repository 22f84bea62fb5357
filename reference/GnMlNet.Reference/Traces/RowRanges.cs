namespace GnMlNet.Reference.Traces;

/// <summary>Ranges of rows, [first, end), in any order.</summary>
internal static class RowRanges
{
    /// <summary>Whether every range holds a row, of so many rows, and no row is in two of them.</summary>
    internal static bool AreDisjoint(IEnumerable<(int First, int End)> ranges, int rowCount)
    {
        int free = 0;
        foreach ((int first, int end) in ranges.Order())
        {
            if (first < free || first >= end || end > rowCount) return false;
            free = end;
        }

        return true;
    }

    internal static string Text(IEnumerable<(int First, int End)> ranges) => string.Join(", ", ranges.Select(range => FormattableString.Invariant($"[{range.First}, {range.End})")));
}
