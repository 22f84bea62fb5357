using GnMlNet.Core.Data;
using GnMlNet.Core.Kernels;
using MathNet.Numerics;

namespace GnMlNet.Core.Ensembles;

/// <summary>
/// Which rows each member of an ensemble leaves out. Where there are enough members, the first half takes one random partition of the rows into folds and
/// the second half another: so every row is left out by two members, whose errors say what members have in common. Each member leaves out one fold. Copies of a row are left out together, since with a copy among the training rows a row is not new; but one by one where there are too few distinct rows for that.
/// Rows of a group are left out together always; fewer groups than folds are one fold each.
/// </summary>
internal sealed class CrossFitting
{
    // Members that left out more than a quarter of the rows would be poor ones.
    internal const int LeastFolds = 4;

    // Below two rows a fold nothing is left out.
    private const int LeastRowsPerFold = 2;

    private readonly int[][] _orders;
    private readonly int[][] _foldOf;

    // Null where each row stands for itself.
    private readonly int[][]? _copies;

    private readonly bool _areTogether;
    private readonly int _membersOfPartition;
    private readonly int _folds;

    private CrossFitting(int[][] orders, int[][] foldOf, int[][]? copies, bool areTogether, int membersOfPartition, int folds) =>
        (_orders, _foldOf, _copies, _areTogether, _membersOfPartition, _folds) = (orders, foldOf, copies, areTogether, membersOfPartition, folds);

    /// <summary>Whether rows are left out at all: there must be a few for every fold, or two groups.</summary>
    internal bool LeavesRowsOut => _folds > 1;

    /// <summary>Draws the partitions.</summary>
    /// <param name="distinct">Which rows are copies of each other, and of one group.</param>
    /// <param name="members">How many members, at least 2.</param>
    /// <param name="random">The source of randomness.</param>
    internal static CrossFitting Draw(DistinctRows distinct, int members, Random random)
    {
        int partitions = members % 2 == 0 && members / 2 >= LeastFolds ? 2 : 1, membersOfPartition = members / partitions;
        bool areTogether = distinct.HasGroups || distinct.Count >= LeastRowsPerFold * membersOfPartition;
        int rows = areTogether ? distinct.Count : distinct.Places.Length;
        int folds = distinct.HasGroups ? Math.Min(membersOfPartition, distinct.GroupCount) : rows >= LeastRowsPerFold * membersOfPartition ? membersOfPartition : 1;
        int[] each = [.. Enumerable.Range(0, rows)];
        int[][] orders = [.. Enumerable.Range(0, partitions).Select(_ => Combinatorics.GeneratePermutation(rows, random))];
        int[][] foldOf = [.. orders.Select(order => RowGroups.Fold(order, areTogether ? distinct.GroupNumbers : each, folds))];
        return new CrossFitting(orders, foldOf, areTogether && rows < distinct.Places.Length ? distinct.Copies() : null, areTogether, membersOfPartition, folds);
    }

    /// <summary>The rows that a member trains on, in random order.</summary>
    internal int[] TrainingRows(int member) => WithCopies(Order(member).Where(row => !IsLeftOut(member, row)));

    /// <summary>The rows that a member leaves out.</summary>
    internal int[] LeftOutRows(int member) => WithCopies(Order(member).Where(row => IsLeftOut(member, row)));

    /// <summary>The distinct rows of every fold, one partition after the other, or nothing where none are left out together with their copies.</summary>
    internal int[][] LeftOutDistinctRows() => LeavesRowsOut && _areTogether
        ? [.. _orders.SelectMany((order, partition) => Enumerable.Range(0, _folds).Select(fold => order.Where(row => _foldOf[partition][row] == fold).ToArray()))]
        : [];

    private int[] WithCopies(IEnumerable<int> rows) => _copies is null ? [.. rows] : [.. rows.SelectMany(row => _copies[row])];

    private int Partition(int member) => member / _membersOfPartition;

    private int[] Order(int member) => _orders[LeavesRowsOut ? Partition(member) : 0];

    private bool IsLeftOut(int member, int row) => LeavesRowsOut && _foldOf[Partition(member)][row] == member % _membersOfPartition % _folds;
}
