namespace GnMlNet.Ledger.Theorems;

/// <summary>Hypotheses that several statements have.</summary>
internal static class SharedHypotheses
{
    internal static Claim Assumption1(Constants constants) => Claims.LessOrEqual("4λ₀² ≤ λ_min(K(w_init)) (Assumption 1)", 4 * constants.Lambda0.Square(), constants.SmallestEigenvalue);

    internal static Claim Assumption2(Constants constants) => Claims.LessOrEqual("4λ₀² ≤ λ_min(JᵀJ(w_init)) (Assumption 2)", 4 * constants.Lambda0.Square(), constants.SmallestEigenvalue);

    internal static Claim LambdaIsPositive(Constants constants) => Claims.Less("0 < λ₀", 0, constants.Lambda0);

    /// <summary>Assumption 1, and the damping in (0, 1]: what 1R and 2R ask.</summary>
    internal static IEnumerable<Claim> OfDampedRepairs(Constants constants, Real rho)
    {
        yield return LambdaIsPositive(constants);
        yield return Assumption1(constants);
        yield return Claims.Less("0 < ρ", 0, rho);
        yield return Claims.LessOrEqual("ρ ≤ 1", rho, 1);
    }

    /// <summary>That so many steps of a path are enclosed, and none is left out.</summary>
    /// <param name="steps">How many.</param>
    /// <param name="enclosed">How many are.</param>
    internal static Claim AreEnclosed(int steps, int enclosed) => Claims.LessOrEqual("the number of steps ≤ the number that are enclosed", steps, enclosed);

    /// <summary>Assumption 1, and the damping in (0, lambda_n^2/(1 + lambda_n^2)].</summary>
    internal static IEnumerable<Claim> OfSection3(Constants constants, Real rho)
    {
        Real square = constants.LambdaN.Square();
        yield return LambdaIsPositive(constants);
        yield return Assumption1(constants);
        yield return Claims.Less("0 < ρ", 0, rho);
        yield return Claims.LessOrEqual("ρ ≤ λₙ²/(1 + λₙ²)", rho, square / (1 + square));
    }
}
