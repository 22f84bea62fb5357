namespace GnMlNet.Core.Training;

/// <summary>
/// Damping for inexact steps, whose gain ratio says less: mu is halved after a step that gained more than a quarter of what the model predicted, kept after one that gained
/// more than a twentieth, doubled after one that gained less (Nocedal and Wright, Numerical Optimization, 2006, algorithm 4.1, has the thresholds' kind).
/// </summary>
/// <param name="initial">mu of the first step, positive.</param>
internal sealed class ThresholdDamping(double initial) : Damping(initial)
{
    private const double GoodGain = 0.25;
    private const double FairGain = 0.05;

    // Far below what matters beside the curvature in single precision.
    private protected override double Floor => 1e-9;

    private protected override double FactorAfter(double gainRatio) => gainRatio > GoodGain ? 0.5 : gainRatio > FairGain ? 1 : 2;
}
