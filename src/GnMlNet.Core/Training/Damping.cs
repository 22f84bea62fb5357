using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Core.Training;

/// <summary>
/// How much damping mu the next step gets: a factor after a success, which depends on the gain, and 2, 4, 8, ... after failures, so that a run of them ends soon. A small state machine that sees only numbers.
/// </summary>
/// <param name="initial">mu of the first step, positive.</param>
internal abstract class Damping(double initial)
{
    private const double FirstIncrease = 2;

    private double _increase = FirstIncrease;

    /// <summary>mu of the first step.</summary>
    internal double Initial { get; } = initial;

    /// <summary>mu, the damping of the next step.</summary>
    internal double Value { get; private set; } = initial;

    /// <summary>What mu never falls below, as a share of the first: it must never become 0, which no doubling lifts.</summary>
    private protected abstract double Floor { get; }

    /// <summary>The last step was accepted; its loss fell by <paramref name="gainRatio"/> times what the quadratic model predicted.</summary>
    internal void Accepted(double gainRatio)
    {
        Value = Math.Max(Floor * Initial, Value * FactorAfter(gainRatio));
        _increase = FirstIncrease;
    }

    /// <summary>The last step was rejected: it raised the loss, or could not be computed at all.</summary>
    internal void Rejected()
    {
        Value *= _increase;
        _increase *= 2;
    }

    internal void WriteState(StateWriter writer)
    {
        writer.Write(Value);
        writer.Write(_increase);
    }

    internal void ReadState(StateReader reader) =>
        (Value, _increase) = (reader.ReadFinite("the damping", least: 0), reader.ReadFinite("the increase of the damping", FirstIncrease));

    /// <summary>What mu is multiplied by after a success.</summary>
    private protected abstract double FactorAfter(double gainRatio);
}
