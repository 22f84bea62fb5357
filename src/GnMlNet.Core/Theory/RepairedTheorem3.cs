namespace GnMlNet.Core.Theory;

/// <summary>Lemma 5 repaired, which completes Theorem 3 (3R in docs/theory.md): f is bi-Lipschitz on B, for p at most n and L an upper bound on the Jacobian's modulus.</summary>
public static class RepairedTheorem3
{
    /// <summary>|f(w) - f(w')| is at least this times |w - w'|: 2 lambda_0 - (L/2)(|w - w_init| + |w' - w_init|); not positive where the statement is empty.</summary>
    /// <param name="network">The network's constants.</param>
    /// <param name="distance">|w - w_init|; at least 0.</param>
    /// <param name="otherDistance">|w' - w_init|; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A distance is negative or not finite.</exception>
    public static double LowerModulus(NetworkConstants network, double distance, double otherDistance)
    {
        ArgumentNullException.ThrowIfNull(network);
        return (2 * network.Lambda0) - (network.JacobianModulus / 2 * (Argument.NotNegative(distance) + Argument.NotNegative(otherDistance)));
    }

    /// <summary>2 lambda_0 (1-r), the same for all pairs in B.</summary>
    /// <param name="network">The network's constants.</param>
    /// <param name="r">r, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="r"/> is not in (0, 1).</exception>
    public static double LowerModulusOnBall(NetworkConstants network, double r)
    {
        ArgumentNullException.ThrowIfNull(network);
        return 2 * network.Lambda0 * (1 - Argument.Fraction(r));
    }
}
