using GnMlNet.Ledger.Numbers;

namespace GnMlNet.Ledger.Networks;

/// <summary>g(psi) = |psi - y|^2, nu = mu = 2.</summary>
internal sealed class QuadraticLoss(Real[] targets) : Loss(targets)
{
    internal override Real StrongConvexity => 2;

    internal override Real Smoothness => 2;

    private protected override Real ValueOf(Real residual) => residual.Square();

    private protected override Real SlopeOf(Real residual) => 2 * residual;

    private protected override Real CurvatureOf(Real residual) => 2;
}
