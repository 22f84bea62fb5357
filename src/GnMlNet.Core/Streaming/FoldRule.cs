using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;

namespace GnMlNet.Core.Streaming;

/// <summary>
/// Which member of an ensemble leaves out a row, in each of one or two partitions: a hash of its features says so, so that copies are left out together and nothing need be remembered of rows; or the group of the row,
/// where rows have some; or, where there are hardly any different rows, its number.
/// </summary>
/// <param name="partitions">1 or 2.</param>
/// <param name="folds">The folds of a partition; with the first ones there are as many members as partitions times folds.</param>
/// <param name="seed">The seed.</param>
/// <param name="foldsOfGroups">The folds of every group, or nothing where rows have none.</param>
/// <param name="isByNumber">Whether copies may be apart.</param>
internal sealed class FoldRule(int partitions, int folds, ulong seed, IReadOnlyDictionary<int, Cell>? foldsOfGroups, bool isByNumber)
{
    // Blocks hold rows of one cell, so that there must not be too many cells.
    private const int MostCells = 256;

    // With fewer different rows of a sample than this, whole folds could be empty.
    private const int LeastDistinct = 2000;

    /// <summary>The rule for a table.</summary>
    /// <param name="members">How many members there are, at least 2.</param>
    /// <param name="leastFolds">How many folds a partition of two must have.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="survey">What is known of the table.</param>
    /// <param name="distinct">How many rows of the sample are different.</param>
    internal static FoldRule For(int members, int leastFolds, ulong seed, TableSurvey survey, int distinct)
    {
        int partitions = PartitionsOf(members, leastFolds), folds = members / partitions;
        if (survey.GroupSizes.Count == 0) return new FoldRule(partitions, folds, seed, null, isByNumber: distinct < Math.Min(LeastDistinct, survey.Sample.RowCount));

        int[][] foldsOf = [.. Enumerable.Range(0, partitions).Select(partition => Balanced(survey.GroupSizes, folds, RowHash.Of(seed, (ulong)partition)))];
        return new FoldRule(partitions, folds, seed, survey.GroupSizes.Keys.Select((group, i) => (group, new Cell((ushort)foldsOf[0][i], partitions == 1 ? (ushort)0 : (ushort)foldsOf[1][i]))).ToDictionary(), isByNumber: false);
    }

    /// <summary>How many partitions there are.</summary>
    /// <param name="members">How many members there are, at least 2.</param>
    /// <param name="leastFolds">How many folds a partition of two must have.</param>
    internal static int PartitionsOf(int members, int leastFolds)
    {
        int half = members / 2;
        return members % 2 == 0 && half >= leastFolds && half * half <= MostCells ? 2 : 1;
    }

    /// <summary>Writes it, but for the folds of groups.</summary>
    internal void Write(StateWriter writer)
    {
        writer.Write(partitions);
        writer.Write(folds);
        writer.Write((long)seed);
        writer.Write(isByNumber);
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static FoldRule Read(StateReader reader)
    {
        int partitions = reader.ReadInt32(1, 2, "the number of partitions"), folds = reader.ReadInt32(1, ushort.MaxValue, "the number of folds");
        reader.Check(partitions == 1 || (long)folds * folds <= MostCells, $"{folds} folds of {partitions} partitions");
        return new FoldRule(partitions, folds, (ulong)reader.ReadInt64(long.MinValue, long.MaxValue, "the seed of folds"), foldsOfGroups: null, reader.ReadBoolean("whether folds are by number"));
    }

    /// <summary>The fold of every group: in an order that looks random each goes into the smallest one.</summary>
    private static int[] Balanced(Dictionary<int, long> sizes, int folds, ulong seed)
    {
        int[] groups = [.. sizes.Keys], foldOf = new int[groups.Length];
        var total = new long[folds];
        foreach (int i in Enumerable.Range(0, groups.Length).OrderBy(i => RowHash.Of(seed, (ulong)groups[i])))
        {
            foldOf[i] = Array.IndexOf(total, total.Min());
            total[foldOf[i]] += sizes[groups[i]];
        }

        return foldOf;
    }

    /// <summary>1 or 2.</summary>
    internal int Partitions => partitions;

    /// <summary>The folds of a partition.</summary>
    internal int Folds => folds;

    /// <summary>How many different cells there are.</summary>
    internal int CellCount => partitions == 1 ? folds : folds * folds;

    /// <summary>The folds of a row.</summary>
    /// <param name="block">Its block, with features as they came.</param>
    /// <param name="row">Its place there.</param>
    /// <param name="group">Its group, or null.</param>
    /// <param name="number">Its number in the table.</param>
    internal Cell Of(RowBlock block, int row, int? group, long number)
    {
        if (group is { } known && foldsOfGroups is not null) return foldsOfGroups[known];
        ulong hash = isByNumber ? RowHash.Of(seed, (ulong)number) : RowHash.OfFeatures(seed, block, row);
        return Of(hash);
    }

    /// <summary>The place of a cell among all.</summary>
    internal int IndexOf(Cell cell) => partitions == 1 ? cell.First : (cell.First * folds) + cell.Second;

    /// <summary>The cell at a place.</summary>
    internal Cell CellAt(int index) => partitions == 1 ? new Cell((ushort)index, 0) : new Cell((ushort)(index / folds), (ushort)(index % folds));

    private Cell Of(ulong hash) => CellAt((int)(RowHash.Fraction(hash) * CellCount));
}
