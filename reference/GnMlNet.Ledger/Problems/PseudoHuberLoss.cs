namespace GnMlNet.Ledger.Problems;

/// <summary>
/// g(psi) = sum_j 2 (sqrt(1 + r_j^2) - 1) + r_j^2 with r = psi - y. Its second derivative along an output, 2 (1 + r^2)^(-3/2) + 2, is in (2, 4]: nu = 2, mu = 4.
/// </summary>
internal sealed class PseudoHuberLoss(Real[] targets) : Loss(targets)
{
    internal override Real StrongConvexity => 2;

    internal override Real Smoothness => 4;

    private protected override Real ValueOf(Real residual)
    {
        Real square = residual.Square();
        // 2 (sqrt(1 + r^2) - 1) without cancellation.
        return (2 * square / ((1 + square).Sqrt() + 1)) + square;
    }

    private protected override Real SlopeOf(Real residual) => 2 * residual * ((1 / (1 + residual.Square()).Sqrt()) + 1);

    private protected override Real CurvatureOf(Real residual) => (2 / ((1 + residual.Square()) * (1 + residual.Square()).Sqrt())) + 2;
}
