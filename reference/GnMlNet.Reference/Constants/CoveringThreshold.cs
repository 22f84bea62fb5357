namespace GnMlNet.Reference.Constants;

/// <summary>The scaling factor from which on a repaired theorem covers a flow with the loss |psi - y|^2, for which nu = mu = 2: 1R for p at least n, 5R with r = 1/2 for fewer.</summary>
/// <remarks>
/// In units of u = (L/lambda_0^2) sqrt(g(0)), with Delta_0 at most g(0). 1R: (L/(2 lambda_0^2)) sqrt(2 Delta_0/nu) = u/2. 5R asks for alpha &gt; b/sqrt(nu-hat) with nu-hat = nu - c/alpha,
/// c = L G_0/(4 lambda_0^2 (1-r)^2) = 2u and b^2 = 2 L^2 g(0)/(2 r (2-r) lambda_0^2)^2 = 8u^2/9: so alpha &gt; (c + sqrt(c^2 + 4 nu b^2))/(2 nu) = (2 + 10/3)u/4 = 4u/3.
/// </remarks>
internal static class CoveringThreshold
{
    /// <param name="constants">Those of the flow.</param>
    /// <param name="isOverparameterized">Whether p is at least n.</param>
    /// <param name="bits">The precision.</param>
    /// <returns>Null where lambda_0 is not proved to be positive.</returns>
    internal static Ball? Of(FlowConstants constants, bool isOverparameterized, int bits)
    {
        Dyadic lambda = constants.Lambda0.Lower;
        if (lambda.Sign <= 0) return null;
        // The theorems hold with an upper bound of L and a lower one of lambda_0.
        Ball unit = Ball.Divide(Ball.Exact(constants.LipschitzModulus.Upper), Ball.Exact(lambda * lambda), bits);
        unit = Ball.Multiply(unit, Ball.Sqrt(constants.InitialLoss, bits), bits);
        return isOverparameterized ? unit << -1 : Ball.Divide(unit << 2, Ball.Exact(3), bits);
    }
}
