using GnMlNet.Core.Data;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Core.Ensembles;

/// <summary>The rows of a table in memory.</summary>
internal sealed class HeldRows : EnsembleRows
{
    private readonly CrossFitting _folds;
    private readonly double[] _labels;
    private readonly double[] _weights;

    /// <param name="maps">How features become inputs.</param>
    /// <param name="label">The scale of the label.</param>
    /// <param name="views">All rows in every map.</param>
    /// <param name="counts">Their weights before those of a robust loss.</param>
    /// <param name="range">The labels that members may predict.</param>
    /// <param name="distinct">Which rows are copies of each other.</param>
    /// <param name="folds">Which rows each member leaves out.</param>
    internal HeldRows(IReadOnlyList<FeatureMap> maps, ColumnScale label, RegressionData[] views, double[] counts, LabelRange range, DistinctRows distinct, CrossFitting folds)
        : base(maps, label, views, counts, range, distinct)
    {
        _folds = folds;
        (_labels, _weights) = (views[0].Labels(), views[0].Weights());
    }

    internal override bool LeavesRowsOut => _folds.LeavesRowsOut;

    internal override int[][] LeftOutDistinctRows() => _folds.LeftOutDistinctRows();

    internal override MemberRows Of(int member, int map) => new HeldMemberRows(map, Views[map], _folds.TrainingRows(member), _folds.LeftOutRows(member));

    internal override LeftOutErrors Judge(MembersInTraining members, WorkSharing work)
    {
        IReadOnlyList<PassPoint> points = members.Points;
        var predictions = new (int[] Rows, double[] Predictions)[members.Count];
        work.For(members.Count, k => predictions[k] = (members.Rows[k].LeftOut, MembersInTraining.Predict(points[k], members.Rows[k].LeftOutInputs(), Range)));
        return LeftOutErrors.Measure(predictions, _labels, _weights);
    }
}
