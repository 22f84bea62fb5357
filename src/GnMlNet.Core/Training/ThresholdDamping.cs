namespace GnMlNet.Core.Training;

/// <summary>
/// Damping for inexact steps, whose gain ratio says less: mu is halved after a step that gained more than a quarter of what the model predicted, kept after one that gained
/// more than a twentieth, doubled after one that gained less, and multiplied by 2, 4, 8, ... after rejected ones (Nocedal and Wright, Numerical Optimization, 2006, algorithm 4.1, has the thresholds' kind).
/// A small state machine that sees only numbers.
/// </summary>
internal sealed class ThresholdDamping : IDamping
{
    private const double GoodGain = 0.25;
    private const double FairGain = 0.05;
    private const double Factor = 2;

    // Far below what matters beside the curvature in single precision.
    private const double Floor = 1e-9;

    private double _increase = Factor;

    /// <param name="initial">mu of the first step, positive.</param>
    internal ThresholdDamping(double initial) => (Initial, Value) = (initial, initial);

    public double Initial { get; }

    public double Value { get; private set; }

    public void Accepted(double gainRatio)
    {
        if (gainRatio > GoodGain) Value = Math.Max(Floor * Initial, Value / Factor);
        else if (!(gainRatio > FairGain)) Value *= Factor;
        _increase = Factor;
    }

    public void Rejected()
    {
        Value *= _increase;
        _increase *= Factor;
    }
}
