using GnMlNet.Core.Data;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Ensembles;

/// <summary>The rows that an ensemble is trained on, wherever they are, and which of its members leave out which of them.</summary>
/// <param name="maps">How features become inputs.</param>
/// <param name="label">The scale of the label.</param>
/// <param name="views">Rows in every map, which everything sees that looks at single rows: all of them, or a sample of a large table.</param>
/// <param name="counts">Their weights before those of a robust loss.</param>
/// <param name="range">The labels that members may predict.</param>
/// <param name="distinct">Which of these rows are copies of each other.</param>
internal abstract class EnsembleRows(IReadOnlyList<FeatureMap> maps, ColumnScale label, RegressionData[] views, double[] counts, LabelRange range, DistinctRows distinct)
{
    /// <summary>How features become inputs.</summary>
    internal IReadOnlyList<FeatureMap> Maps => maps;

    /// <summary>The scale of the label.</summary>
    internal ColumnScale Label => label;

    /// <summary>Rows in every map, which everything sees that looks at single rows: all of them, or a sample of a large table.</summary>
    internal RegressionData[] Views => views;

    /// <summary>Their weights before those of a robust loss.</summary>
    internal double[] Counts => counts;

    /// <summary>The labels that members may predict, standardized.</summary>
    internal LabelRange Range => range;

    /// <summary>Which of the rows of <see cref="Views"/> are copies of each other.</summary>
    internal DistinctRows Distinct => distinct;

    /// <summary>Whether members leave rows out.</summary>
    internal abstract bool LeavesRowsOut { get; }

    /// <summary>Sets of distinct rows that networks leave out together, or nothing.</summary>
    internal abstract int[][] LeftOutDistinctRows();

    /// <summary>The rows of a member.</summary>
    /// <param name="member">Its number.</param>
    /// <param name="map">The map that its inputs come from.</param>
    internal abstract MemberRows Of(int member, int map);

    /// <summary>How far members are off on all rows that they leave out.</summary>
    /// <param name="members">The members as they are now.</param>
    /// <param name="work">The threads.</param>
    internal abstract LeftOutErrors Judge(MembersInTraining members, WorkSharing work);
}
