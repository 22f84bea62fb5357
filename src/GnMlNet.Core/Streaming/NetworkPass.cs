namespace GnMlNet.Core.Streaming;

/// <summary>A pass over rows of a member at one network.</summary>
/// <param name="point">The network.</param>
/// <param name="choice">The rows.</param>
/// <param name="totalWeight">What their weights are divided by.</param>
internal abstract class NetworkPass(PassPoint point, BlockChoice choice, double totalWeight) : RowPass
{
    /// <summary>The network.</summary>
    internal PassPoint Point => point;

    /// <summary>The rows.</summary>
    internal BlockChoice Choice => choice;

    /// <summary>What their weights are divided by.</summary>
    internal double TotalWeight => totalWeight;

    internal override int InputSize => point.Shape.InputSize;

    internal override IReadOnlyList<int> Maps => [point.Map];

    internal override int[] Blocks(TableLayout layout) => choice.Blocks(layout);

    internal override long RowCount(TableLayout layout) => choice.RowCount(layout);
}
