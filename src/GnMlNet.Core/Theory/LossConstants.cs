namespace GnMlNet.Core.Theory;

/// <summary>The two constants of the loss g on outputs (the paper's Section 2.1): g is nu-strongly convex and its gradient mu-Lipschitz.</summary>
public sealed record LossConstants
{
    /// <param name="nu">nu, the modulus of strong convexity; positive.</param>
    /// <param name="mu">mu, the Lipschitz modulus of grad g; at least nu.</param>
    /// <exception cref="ArgumentOutOfRangeException">A constant is outside its range.</exception>
    public LossConstants(double nu, double mu)
    {
        Nu = Argument.Positive(nu);
        Mu = Argument.AtLeast(nu, mu);
    }

    /// <summary>The constants of g(psi) = |psi - y|^2, the loss of the paper's experiments: nu = mu = 2.</summary>
    public static LossConstants SumOfSquares { get; } = new(2, 2);

    /// <summary>nu, the modulus of strong convexity.</summary>
    public double Nu { get; }

    /// <summary>mu, the Lipschitz modulus of the gradient.</summary>
    public double Mu { get; }

    /// <summary>
    /// sqrt(2 gap/nu): how far from the minimizer over R^n an output can be whose loss exceeds the least one by <paramref name="gap"/>
    /// (strong convexity; (3) of the paper). Every threshold on alpha is a multiple of it.
    /// </summary>
    /// <param name="gap">Delta, the loss above its least value; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gap"/> is negative or not finite.</exception>
    public double OutputDistance(double gap) => Math.Sqrt(2 * Argument.NotNegative(gap) / Nu);

    /// <summary>sqrt(2 mu gap): how large grad g can be at such an output (smoothness). At w_init, with the gap over R^n, it is G_0 of the repaired Theorems 5 and 6.</summary>
    /// <param name="gap">g(psi) less the infimum of g over R^n; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gap"/> is negative or not finite.</exception>
    public double GradientBound(double gap) => Math.Sqrt(2 * Mu * Argument.NotNegative(gap));
}
