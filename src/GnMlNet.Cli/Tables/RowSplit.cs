using MathNet.Numerics;
using MathNet.Numerics.Random;

namespace GnMlNet.Cli.Tables;

/// <summary>A split of rows into training and test rows at random; which go where depends only on the seed.</summary>
internal sealed class RowSplit
{
    private readonly bool[] _isTest;

    /// <param name="rowCount">How many rows there are.</param>
    /// <param name="testFraction">The share of test rows, at least 0 and below 1; rounded to whole rows.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="UserError">One of the parts would be empty though the fraction is not 0.</exception>
    internal RowSplit(int rowCount, double testFraction, int seed)
    {
        TestCount = (int)Math.Round(testFraction * rowCount);
        if (testFraction > 0 && (TestCount == 0 || TestCount == rowCount))
            throw new UserError($"A test fraction of {testFraction} leaves {rowCount - TestCount} training and {TestCount} test rows of {rowCount}. Choose another --test-fraction; 0 trains on everything.");

        _isTest = Draw(rowCount, TestCount, seed);
    }

    /// <param name="groups">For every row the number of its group; no group is cut.</param>
    /// <param name="testFraction">The share of test rows, at least 0 and below 1; groups are drawn until there are so many rows.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="UserError">One of the parts would be empty though the fraction is not 0.</exception>
    internal RowSplit(int[] groups, double testFraction, int seed)
    {
        int[] sizes = new int[groups.Max() + 1];
        foreach (int group in groups) sizes[group]++;
        var isTest = new bool[sizes.Length];
        double wanted = testFraction * groups.Length;
        foreach (int group in Combinatorics.GeneratePermutation(sizes.Length, new MersenneTwister(seed)))
        {
            // The group that comes closest to what is wanted ends the test rows.
            if (TestCount >= wanted || (TestCount > 0 && TestCount + sizes[group] - wanted > wanted - TestCount)) break;
            isTest[group] = true;
            TestCount += sizes[group];
        }

        if (TestCount == groups.Length) throw new UserError($"A test fraction of {testFraction} leaves no training rows, for groups are not cut and there {(sizes.Length == 1 ? "is one group" : $"are {sizes.Length} groups")}. Choose another --test-fraction; 0 trains on everything.");
        _isTest = [.. groups.Select(group => isTest[group])];
    }

    /// <summary>Draws some of all rows at random.</summary>
    /// <returns>For every row whether it was drawn.</returns>
    internal static bool[] Draw(int all, int count, int seed)
    {
        var drawn = new bool[all];
        foreach (int row in Combinatorics.GeneratePermutation(all, new MersenneTwister(seed)).Take(count)) drawn[row] = true;
        return drawn;
    }

    internal int TestCount { get; }

    internal bool IsTest(int row) => _isTest[row];

    internal bool IsTraining(int row) => !_isTest[row];
}
