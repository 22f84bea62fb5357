using GnMlNet.Core.Data;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Core.Ensembles;

/// <summary>The rows of a large table: passes go over all of them, and a sample is in memory for whatever looks at single rows.</summary>
internal sealed class StreamedRows : EnsembleRows
{
    private readonly RowTable _table;
    private readonly Cell[] _cells;
    private readonly int _partitions;
    private readonly int _folds;
    private readonly int[][] _leftOut;

    /// <param name="maps">How features become inputs.</param>
    /// <param name="label">The scale of the label.</param>
    /// <param name="sample">The sample in every map.</param>
    /// <param name="cells">The cell of every row of the sample.</param>
    /// <param name="distinct">Which rows of the sample are copies of each other.</param>
    /// <param name="range">The labels that members may predict.</param>
    /// <param name="rule">Which members leave out a row.</param>
    /// <param name="table">The table.</param>
    /// <param name="leftOut">The rows of the sample that each member leaves out.</param>
    internal StreamedRows(IReadOnlyList<FeatureMap> maps, ColumnScale label, RegressionData[] sample, Cell[] cells, DistinctRows distinct, LabelRange range, FoldRule rule, RowTable table, int[][] leftOut)
        : base(maps, label, sample, sample[0].Weights(), range, distinct) => (_table, _cells, _partitions, _folds, _leftOut) = (table, cells, rule.Partitions, rule.Folds, leftOut);

    internal override bool LeavesRowsOut => true;

    internal override int[][] LeftOutDistinctRows()
    {
        int[] numbers = [.. Enumerable.Range(0, Distinct.Count)];
        return [.. from partition in Enumerable.Range(0, _partitions)
                   from fold in Enumerable.Range(0, _folds)
                   select numbers.Where(i => _cells[Distinct.Firsts[i]].Of(partition) == fold).ToArray() into rows
                   where rows.Length > 0
                   select rows];
    }

    /// <summary>The rows of a sample that a member leaves out.</summary>
    internal static int[] LeftOutRows(Cell[] cells, FoldRule rule, int member) => [.. Enumerable.Range(0, cells.Length).Where(j => cells[j].Of(member / rule.Folds) == member % rule.Folds)];

    internal override MemberRows Of(int member, int map) => new StreamedMemberRows(map, _table, member, Views[map], _leftOut[member]);

    internal override LeftOutErrors Judge(MembersInTraining members, WorkSharing work)
    {
        double[] sum = _table.Sum(new LeftOutPass([.. members.Points], _partitions, Range.Least, Range.Greatest), work);
        return LeftOutErrors.OfMeans(ofRowMeans: sum[1] / sum[0], ofOne: sum[2] / sum[0], common: _partitions == 1 ? null : sum[3] / sum[0], members.Count);
    }
}
