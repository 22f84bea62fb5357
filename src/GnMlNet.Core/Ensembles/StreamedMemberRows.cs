using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Core.Ensembles;

/// <summary>The rows of a member out of a large table. The first of its blocks are taken into memory as long as they are few, since the steps that training begins with go over them again and again; more are passed over where they are.</summary>
/// <param name="map">Which map its inputs come from.</param>
/// <param name="table">The table.</param>
/// <param name="member">The number of the member; null for all rows.</param>
/// <param name="sample">A sample of the rows, mapped and standardized.</param>
/// <param name="leftOut">The rows of the sample that the member leaves out.</param>
internal sealed class StreamedMemberRows(int map, RowTable table, int? member, RegressionData sample, int[] leftOut) : MemberRows
{
    // The result hangs on this figure, so it must not hang on the memory that there is.
    private const double MostBytesHeld = 1 << 24;

    internal override int Map => map;

    internal override int InputSize => sample.InputSize;

    internal override int TrainingCount { get; } = new BlockChoice(member, RowSample.All(table.Layout.Order(member).Length)).RowCount(table.Layout);

    internal override int[] LeftOut => leftOut;

    /// <summary>The most bytes that rows take in memory.</summary>
    internal static double HeldBytes(int inputs) => Math.Max(MostBytesHeld, BlockBytes(inputs));

    internal override IEnumerable<double[]> LeftOutInputs() => sample.InputsOf(leftOut);

    internal override PenalizedObjective Objective(int count, NetworkShape shape, Activation activation, double penalty, LinearizationRoom? room)
    {
        int[] order = table.Layout.Order(member);
        int blocks = 0;
        for (int rows = 0; blocks < order.Length && rows < count; blocks++) rows += table.Layout.RowCountOf(order[blocks]);
        if (blocks * BlockBytes(InputSize) > MostBytesHeld) return new StreamedLeastSquares(table, member, blocks, map, shape, activation, penalty);
        return new PenalizedLeastSquares(BlockedRows.Of(table.Load(map, order[..blocks])), shape, activation, penalty, threads: 1, room: room);
    }

    internal override MemberRows WithAll() => new StreamedMemberRows(map, table, member: null, sample, []);

    private static double BlockBytes(int inputs) => sizeof(double) * (double)RowBlock.Stride * (inputs + 3);
}
