namespace GnMlNet.Core.Training;

/// <summary>
/// How much damping mu the next step gets, by Nielsen's rule (H. B. Nielsen, Damping parameter in Marquardt's method, IMM-REP-1999-05, Technical University of Denmark):
/// after a success mu is multiplied by max(1/3, 1 - (2 gain - 1)^3), a smooth function that neither jumps at thresholds nor flutters;
/// after failures by 2, 4, 8, ..., so that a run of them ends soon.
/// One addition: where the quadratic model predicted the fall to within a hundredth, mu is divided by more than 3, in proportion to the model's error.
/// That error shrinks with the step, so mu does, and convergence on a problem without residual is quadratic, as Gauss-Newton's is
/// (a constant factor would make it linear with a shrinking rate). A small state machine that sees only numbers.
/// </summary>
internal sealed class NielsenDamping : IDamping
{
    private const double GreatestDecrease = 1.0 / 3;
    private const double FirstIncrease = 2;
    private const double TrustedModelError = 0.01;

    // Far below what matters beside the curvature, yet a few doublings from where it does: mu must never become 0, which no doubling lifts.
    private const double Floor = 1e-30;

    private double _increase = FirstIncrease;

    /// <param name="initial">mu of the first step, positive.</param>
    internal NielsenDamping(double initial) => (Initial, Value) = (initial, initial);

    public double Initial { get; }

    public double Value { get; private set; }

    public void Accepted(double gainRatio)
    {
        double modelError = Math.Abs(gainRatio - 1);
        double factor = modelError < TrustedModelError
            ? GreatestDecrease * (modelError / TrustedModelError)
            : Math.Max(GreatestDecrease, 1 - Math.Pow((2 * gainRatio) - 1, 3));
        Value = Math.Max(Floor * Initial, Value * factor);
        _increase = FirstIncrease;
    }

    public void Rejected()
    {
        Value *= _increase;
        _increase *= 2;
    }
}
