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
