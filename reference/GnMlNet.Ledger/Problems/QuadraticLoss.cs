namespace GnMlNet.Ledger.Problems;

/// <summary>g(psi) = |psi - y|^2 or a binary fraction of it, nu = mu = 2 or that fraction of 2.</summary>
/// <param name="targets">y, n numbers.</param>
/// <param name="halvings">How many times it is halved.</param>
internal sealed class QuadraticLoss(Real[] targets, int halvings = 0) : Loss(targets)
{
    internal override Real StrongConvexity => ((Real)2).Shift(-halvings);

    internal override Real Smoothness => StrongConvexity;

    // With the factor nu/2 of |r|^2: |grad g|^2 = nu^2 |r|^2 = 2 nu g.
    internal override Real GreatestGradient(Real level) => (2 * StrongConvexity * level).Sqrt();

    private protected override Real ValueOf(Real residual) => residual.Square().Shift(-halvings);

    private protected override Real SlopeOf(Real residual) => StrongConvexity * residual;

    private protected override Real CurvatureOf(Real residual) => StrongConvexity;
}
