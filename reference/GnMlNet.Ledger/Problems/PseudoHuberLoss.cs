namespace GnMlNet.Ledger.Problems;

/// <summary>
/// g(psi) = sum_j 2 (sqrt(1 + r_j^2) - 1) + r_j^2 with r = psi - y. Its second derivative along an output, 2 (1 + r^2)^(-3/2) + 2, is in (2, 4]: nu = 2, mu = 4.
/// </summary>
internal sealed class PseudoHuberLoss(Real[] targets) : Loss(targets)
{
    internal override Real StrongConvexity => 2;

    internal override Real Smoothness => 4;

    // With s = sqrt(1 + r^2) an output has the loss h = (s - 1)(s + 3) and the squared slope 4 (s - 1)(s + 1)^3/s^2, a concave and growing function of h: equal losses are the worst.
    internal override Real GreatestGradient(Real level)
    {
        Real count = Real.Exact(Targets.Length, level.Bits), each = level / count, root = (4 + each).Sqrt();
        return (4 * count * each / (root + 2) * root.Pow(3)).Sqrt() / (root - 1);
    }

    private protected override Real ValueOf(Real residual)
    {
        Real square = residual.Square();
        // 2 (sqrt(1 + r^2) - 1) without cancellation.
        return (2 * square / ((1 + square).Sqrt() + 1)) + square;
    }

    private protected override Real SlopeOf(Real residual) => 2 * residual * ((1 / (1 + residual.Square()).Sqrt()) + 1);

    private protected override Real CurvatureOf(Real residual) => (2 / ((1 + residual.Square()) * (1 + residual.Square()).Sqrt())) + 2;
}
