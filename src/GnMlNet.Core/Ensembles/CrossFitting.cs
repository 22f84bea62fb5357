using GnMlNet.Core.Kernels;
using MathNet.Numerics;

namespace GnMlNet.Core.Ensembles;

/// <summary>
/// Which rows each member of an ensemble leaves out. Where there are enough members, the first half takes one random partition of the rows into folds and
/// the second half another: so every row is left out by two members, whose errors say what members have in common. Each member leaves out one fold. Copies of a row are left out together, since with a copy among the training rows a row is not new; but one by one where there are too few distinct rows for that.
/// </summary>
internal sealed class CrossFitting
{
    // Members that left out more than a quarter of the rows would be poor ones.
    private const int LeastFolds = 4;

    // Below two rows a fold nothing is left out.
    private const int LeastRowsPerFold = 2;

    private readonly int[][] _orders;
    private readonly int[][] _copies;
    private readonly bool _areTogether;
    private readonly int _folds;

    private CrossFitting(int[][] orders, int[][] copies, bool areTogether, int folds) => (_orders, _copies, _areTogether, _folds) = (orders, copies, areTogether, folds);

    /// <summary>Whether rows are left out at all: there must be a few for every fold.</summary>
    internal bool LeavesRowsOut => _folds > 1;

    /// <summary>Draws the partitions.</summary>
    /// <param name="distinct">Which rows are copies of each other.</param>
    /// <param name="members">How many members, at least 2.</param>
    /// <param name="random">The source of randomness.</param>
    internal static CrossFitting Draw(DistinctRows distinct, int members, Random random)
    {
        int folds = FoldsOf(members, out int partitions);
        bool areTogether = distinct.Count >= LeastRowsPerFold * folds;
        int rows = areTogether ? distinct.Count : distinct.Places.Length;
        int[][] orders = [.. Enumerable.Range(0, partitions).Select(_ => Combinatorics.GeneratePermutation(rows, random))];
        return new CrossFitting(orders, areTogether ? distinct.Copies() : [.. Enumerable.Range(0, rows).Select(row => new[] { row })], areTogether, rows >= LeastRowsPerFold * folds ? folds : 1);
    }

    /// <summary>The rows that a member trains on, in random order.</summary>
    internal int[] TrainingRows(int member) => [.. Order(member).Where((_, place) => !IsLeftOut(member, place)).SelectMany(row => _copies[row])];

    /// <summary>The rows that a member leaves out.</summary>
    internal int[] LeftOutRows(int member) => [.. LeftOutPlaces(member).SelectMany(place => _copies[place])];

    /// <summary>The distinct rows that each member leaves out, or nothing where none are left out together with their copies.</summary>
    internal int[][] LeftOutDistinctRows() => LeavesRowsOut && _areTogether ? [.. Enumerable.Range(0, _orders.Length * _folds).Select(LeftOutPlaces)] : [];

    private static int FoldsOf(int members, out int partitions)
    {
        partitions = members % 2 == 0 && members / 2 >= LeastFolds ? 2 : 1;
        return members / partitions;
    }

    private int[] LeftOutPlaces(int member) => [.. Order(member).Where((_, place) => IsLeftOut(member, place))];

    private int[] Order(int member) => _orders[LeavesRowsOut ? member / _folds : 0];

    private bool IsLeftOut(int member, int place) => LeavesRowsOut && place % _folds == member % _folds;
}
