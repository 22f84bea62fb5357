using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>What the members of an ensemble are trained on, on whatever machine: rows, how they become inputs, and which of them each member leaves out.</summary>
internal sealed partial class MemberTable
{
    private readonly int[][]? _training;
    private readonly int[][] _leftOut;
    private readonly Lazy<RegressionData[]> _views;

    /// <param name="options">How members are trained.</param>
    /// <param name="data">The rows, or a sample of those of a large table, in the units of the data.</param>
    /// <param name="maps">How features become inputs.</param>
    /// <param name="label">The scale of the label.</param>
    /// <param name="training">The rows that each member trains on, in random order; null where they are those of a large table.</param>
    /// <param name="leftOut">The rows that each member leaves out.</param>
    /// <param name="views">The rows in every map, where they are there already.</param>
    internal MemberTable(TrainingOptions options, RegressionData data, IReadOnlyList<FeatureMap> maps, ColumnScale label, int[][]? training, int[][] leftOut, RegressionData[]? views = null)
    {
        (Options, Data, Maps, Label, _training, _leftOut) = (options, data, maps, label, training, leftOut);
        _views = new Lazy<RegressionData[]>(() => views ?? [.. maps.Select(map => map.Map(data, label, new WorkSharing(Environment.ProcessorCount)))]);
    }

    /// <summary>How members are trained.</summary>
    internal TrainingOptions Options { get; }

    /// <summary>The rows, or a sample of those of a large table, in the units of the data.</summary>
    internal RegressionData Data { get; }

    /// <summary>How features become inputs.</summary>
    internal IReadOnlyList<FeatureMap> Maps { get; }

    /// <summary>The scale of the label.</summary>
    internal ColumnScale Label { get; }

    /// <summary>K.</summary>
    internal int Members => _leftOut.Length;

    /// <summary>Whether members train on the rows themselves, and not on those of a large table that these are a sample of.</summary>
    internal bool IsHeld => _training is not null;

    /// <summary>The rows of a member.</summary>
    /// <param name="member">Its number.</param>
    /// <param name="map">The map that its inputs come from.</param>
    /// <param name="table">The large table, where there is one.</param>
    internal MemberRows Of(int member, int map, RowTable? table) => _training is not null
        ? new HeldMemberRows(map, _views.Value[map], _training[member], _leftOut[member])
        : new StreamedMemberRows(map, table!, member, _views.Value[map], _leftOut[member]);
}
