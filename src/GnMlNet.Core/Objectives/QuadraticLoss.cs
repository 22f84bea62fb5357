namespace GnMlNet.Core.Objectives;

/// <summary>The quadratic loss g(psi) = |psi - y|^2 of the paper's experiments: nu = mu = 2.</summary>
/// <param name="targets">y, n finite numbers.</param>
/// <exception cref="ArgumentException">There is no target, or one is not finite.</exception>
public sealed class QuadraticLoss(ReadOnlySpan<double> targets) : Loss(targets)
{
    /// <inheritdoc/>
    public override double StrongConvexity => 2;

    /// <inheritdoc/>
    public override double Smoothness => 2;

    private protected override double ValueOf(int index, double residual) => residual * residual;

    private protected override double SlopeOf(int index, double residual) => 2 * residual;

    private protected override double LargestGradient(double level) => 2 * Math.Sqrt(level);
}
