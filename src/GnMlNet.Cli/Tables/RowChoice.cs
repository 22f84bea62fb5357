namespace GnMlNet.Cli.Tables;

/// <summary>Some rows of a table, by their numbers in the file.</summary>
internal sealed class RowChoice
{
    private readonly int[] _rows;

    private RowChoice(int[] rows) => _rows = rows;

    /// <summary>How many they are.</summary>
    internal int Count => _rows.Length;

    /// <summary>Whether a row is one of them.</summary>
    internal bool Contains(int row) => Array.BinarySearch(_rows, row) >= 0;

    /// <summary>Rows spread evenly over some.</summary>
    /// <param name="rows">These, by number from 0.</param>
    /// <param name="count">How many these are.</param>
    /// <param name="most">How many at most; all where there are no more.</param>
    internal static RowChoice Spread(Func<int, bool> rows, int count, int most)
    {
        most = Math.Min(most, count);
        return Of(rows, count, most, place => (place + 1L) * most / count > (long)place * most / count);
    }

    /// <summary>Rows drawn at random of some.</summary>
    /// <param name="rows">These, by number from 0.</param>
    /// <param name="count">How many these are.</param>
    /// <param name="most">How many at most; all where there are no more.</param>
    /// <param name="seed">The seed.</param>
    internal static RowChoice Draw(Func<int, bool> rows, int count, int most, int seed)
    {
        most = Math.Min(most, count);
        bool[] drawn = RowSplit.Draw(count, most, seed);
        return Of(rows, count, most, place => drawn[place]);
    }

    private static RowChoice Of(Func<int, bool> rows, int count, int chosen, Func<int, bool> isChosen)
    {
        int[] numbers = new int[chosen];
        for (int row = 0, place = 0, next = 0; place < count; row++)
        {
            if (!rows(row)) continue;
            if (isChosen(place)) numbers[next++] = row;
            place++;
        }

        return new RowChoice(numbers);
    }
}
