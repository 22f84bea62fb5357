namespace GnMlNet.Core.Theory;

/// <summary>Theorem 5 as printed: the undamped flow with p less than n. It is false: (19), on which it rests, lacks the curvature of the image. <see cref="RepairedTheorem5"/> holds.</summary>
public static class PrintedTheorem5
{
    /// <summary>The theorem's alpha, an equation and no lower limit: L mu sqrt(Delta_0)/(2 r (1-r) lambda_0^2 sqrt(2 nu^3)).</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g(alpha f) over B, which itself depends on alpha; at least 0.</param>
    /// <param name="r">r, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Alpha(LossConstants loss, NetworkConstants network, double gap, double r)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(network);
        return loss.Mu / loss.Nu * network.Nonlinearity * loss.OutputDistance(gap) / (4 * Argument.Fraction(r) * (1 - r));
    }

    /// <summary>The rate of (22): 2 nu.</summary>
    /// <param name="loss">nu and mu.</param>
    public static double Rate(LossConstants loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return 2 * loss.Nu;
    }
}
