using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Ensembles;

/// <summary>The rows of a member out of a table in memory.</summary>
/// <param name="map">Which map its inputs come from.</param>
/// <param name="rows">All rows, mapped and standardized.</param>
/// <param name="training">The rows that it trains on, in random order.</param>
/// <param name="leftOut">The rows that it leaves out.</param>
internal sealed class HeldMemberRows(int map, RegressionData rows, int[] training, int[] leftOut) : MemberRows
{
    internal override int Map => map;

    internal override int InputSize => rows.InputSize;

    internal override int TrainingCount => training.Length;

    internal override int[] LeftOut => leftOut;

    internal override IEnumerable<double[]> LeftOutInputs() => rows.InputsOf(leftOut);

    internal override PenalizedObjective Objective(int count, NetworkShape shape, Activation activation, double penalty, LinearizationRoom? room) =>
        new PenalizedLeastSquares(BlockedRows.Of(rows, training.AsSpan(0, count)), shape, activation, penalty, threads: 1, room: room);

    internal override MemberRows WithAll() => new HeldMemberRows(map, rows, [.. training, .. leftOut], []);
}
