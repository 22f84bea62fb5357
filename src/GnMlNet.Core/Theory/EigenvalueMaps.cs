namespace GnMlNet.Core.Theory;

/// <summary>What damping makes of an eigenvalue t of K = J J^T, with H = (1-rho) J^T J + rho I (Lemma 1 and (9)). For rho = 0 they are A = t, s = 1, h = 1/t.</summary>
public static class EigenvalueMaps
{
    /// <summary>A(t) = (1-rho) t + rho: the eigenvalue of H where J^T J has t.</summary>
    /// <param name="t">The eigenvalue; at least 0.</param>
    /// <param name="rho">rho, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Damped(double t, double rho) => ((1 - Argument.Damping(rho)) * Argument.NotNegative(t)) + rho;

    /// <summary>s(t) = t/A(t): the eigenvalue of M = J H^-1 J^T, which drives the outputs (Lemma 1). It increases with t, at most to 1/(1-rho).</summary>
    /// <param name="t">The eigenvalue; at least 0, and positive for rho = 0.</param>
    /// <param name="rho">rho, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Output(double t, double rho) => t / NonSingular(t, rho);

    /// <summary>
    /// h(t) = t/A(t)^2: the eigenvalue of J H^-2 J^T, which drives the parameters (9). It increases up to <see cref="Peak"/> and decreases beyond,
    /// so its greatest value over a spectrum need not be at the greatest eigenvalue, as (10) has it.
    /// </summary>
    /// <param name="t">The eigenvalue; at least 0, and positive for rho = 0.</param>
    /// <param name="rho">rho, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Parameter(double t, double rho)
    {
        double damped = NonSingular(t, rho);
        return t / damped / damped;
    }

    /// <summary>rho_0 = rho/(1-rho), where h is greatest; infinite for rho = 1, where h(t) = t.</summary>
    /// <param name="rho">rho, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rho"/> is not in [0, 1].</exception>
    public static double Peak(double rho) => Argument.Damping(rho) / (1 - rho);

    private static double NonSingular(double t, double rho)
    {
        if (Argument.Damping(rho) == 0) Argument.Positive(t);
        return Damped(t, rho);
    }
}
