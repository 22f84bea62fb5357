namespace GnMlNet.Core.Training;

/// <summary>
/// Damping by Nielsen's rule (H. B. Nielsen, Damping parameter in Marquardt's method, IMM-REP-1999-05, Technical University of Denmark):
/// after a success mu is multiplied by max(1/3, 1 - (2 gain - 1)^3), a smooth function that neither jumps at thresholds nor flutters.
/// One addition: where the quadratic model predicted the fall to within a hundredth, mu is divided by more than 3, in proportion to the model's error.
/// That error shrinks with the step, so mu does, and convergence on a problem without residual is quadratic, as Gauss-Newton's is
/// (a constant factor would make it linear with a shrinking rate).
/// </summary>
/// <param name="initial">mu of the first step, positive.</param>
internal sealed class NielsenDamping(double initial) : Damping(initial)
{
    private const double GreatestDecrease = 1.0 / 3;
    private const double TrustedModelError = 0.01;

    // Far below what matters beside the curvature, yet a few doublings from where it does.
    private protected override double Floor => 1e-30;

    private protected override double FactorAfter(double gainRatio)
    {
        double modelError = Math.Abs(gainRatio - 1);
        return modelError < TrustedModelError
            ? GreatestDecrease * (modelError / TrustedModelError)
            : Math.Max(GreatestDecrease, 1 - Math.Pow((2 * gainRatio) - 1, 3));
    }
}
