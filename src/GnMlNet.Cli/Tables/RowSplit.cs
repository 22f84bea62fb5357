using GnMlNet.Cli.Internals;
using MathNet.Numerics;
using MathNet.Numerics.Random;

namespace GnMlNet.Cli.Tables;

/// <summary>A split of rows into training and test rows at random; which go where depends only on the seed.</summary>
internal sealed class RowSplit
{
    /// <summary>The share of test rows where nobody says it.</summary>
    internal const double UsualFraction = 0.2;

    /// <summary>The most test rows where nobody says their share.</summary>
    internal const int MostTestRows = 100_000;

    // Of more a permutation would take four times the memory of what is drawn.
    private const int MostPermuted = 500_000;

    private readonly bool[] _isTest;

    // Of rows that were drawn one by one; of groups which rows are test rows must be told.
    private readonly int? _seed;

    /// <param name="rowCount">How many rows there are.</param>
    /// <param name="testFraction">The share of test rows, at least 0 and below 1; rounded to whole rows. Null for a fifth, of very many rows so many that more would tell an error no better.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="UserError">One of the parts would be empty though the fraction is not 0.</exception>
    internal RowSplit(int rowCount, double? testFraction, int seed)
    {
        TestCount = (int)Math.Round(Wanted(rowCount, testFraction));
        if (testFraction is not 0.0 && (TestCount == 0 || TestCount == rowCount))
            throw new UserError($"A test fraction of {testFraction ?? UsualFraction} leaves {rowCount - TestCount} training and {TestCount} test rows of {rowCount}. Choose another --test-fraction; 0 trains on everything.");

        (_isTest, _seed) = (Draw(rowCount, TestCount, seed), seed);
    }

    private RowSplit(bool[] isTest, int? seed) => (_isTest, _seed, TestCount) = (isTest, seed, isTest.Count(row => row));

    /// <param name="groups">For every row the number of its group; no group is cut.</param>
    /// <param name="testFraction">The share of test rows, at least 0 and below 1; groups are drawn until there are so many rows. Null as for rows.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="UserError">One of the parts would be empty though the fraction is not 0.</exception>
    internal RowSplit(int[] groups, double? testFraction, int seed)
    {
        int[] sizes = new int[groups.Max() + 1];
        foreach (int group in groups) sizes[group]++;
        var isTest = new bool[sizes.Length];
        double wanted = Wanted(groups.Length, testFraction);
        foreach (int group in Combinatorics.GeneratePermutation(sizes.Length, new MersenneTwister(seed)))
        {
            // The group that comes closest to what is wanted ends the test rows.
            if (TestCount >= wanted || (TestCount > 0 && TestCount + sizes[group] - wanted > wanted - TestCount)) break;
            isTest[group] = true;
            TestCount += sizes[group];
        }

        if (TestCount == groups.Length) throw new UserError($"A test fraction of {testFraction ?? UsualFraction} leaves no training rows, for groups are not cut and there {(sizes.Length == 1 ? "is one group" : $"are {sizes.Length} groups")}. Choose another --test-fraction; 0 trains on everything.");
        _isTest = [.. groups.Select(group => isTest[group])];
    }

    /// <summary>Draws some of all rows at random.</summary>
    /// <returns>For every row whether it was drawn.</returns>
    internal static bool[] Draw(int all, int count, int seed)
    {
        var random = new MersenneTwister(seed);
        var drawn = new bool[all];
        if (all <= MostPermuted)
        {
            foreach (int row in Combinatorics.GeneratePermutation(all, random).Take(count)) drawn[row] = true;
            return drawn;
        }

        // Selection sampling (Knuth, algorithm 3.4.2 S): each row with the share that is still wanted of those that are left.
        for (int row = 0, wanted = count; wanted > 0; row++)
        {
            drawn[row] = (all - row) * random.NextDouble() < wanted;
            if (drawn[row]) wanted--;
        }

        return drawn;
    }

    /// <summary>Writes it, so that others make the same split.</summary>
    internal void Write(CheckedBytes.Writer writer)
    {
        writer.Write(_seed is not null);
        if (_seed is { } seed)
        {
            writer.Write(TestCount);
            writer.Write(seed);
            return;
        }

        byte[] bits = new byte[(_isTest.Length + 7) / 8];
        for (int row = 0; row < _isTest.Length; row++) bits[row / 8] |= (byte)((_isTest[row] ? 1 : 0) << (row % 8));
        writer.Write(bits);
    }

    /// <summary>Reads it.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="rowCount">How many rows there are.</param>
    /// <exception cref="FormatException">It is none.</exception>
    internal static RowSplit Read(CheckedBytes.Reader reader, int rowCount)
    {
        if (reader.ReadBoolean("whether test rows are drawn by a seed"))
        {
            int testCount = reader.ReadInt32(0, rowCount, "the number of test rows"), seed = reader.ReadInt32(int.MinValue, int.MaxValue, "the seed of the split");
            return new RowSplit(Draw(rowCount, testCount, seed), seed);
        }

        byte[] bits = reader.ReadBytes("the test rows");
        reader.Check(bits.Length == (rowCount + 7L) / 8, $"it tells which of {8L * bits.Length} rows are test rows, and there are {rowCount}");
        return new RowSplit([.. Enumerable.Range(0, rowCount).Select(row => (bits[row / 8] >> (row % 8) & 1) == 1)], seed: null);
    }

    internal int TestCount { get; }

    internal bool IsTest(int row) => _isTest[row];

    internal bool IsTraining(int row) => !_isTest[row];

    private static double Wanted(int rows, double? testFraction) => testFraction is { } share ? share * rows : Math.Min(UsualFraction * rows, MostTestRows);
}
