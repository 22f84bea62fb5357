using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Theorems;

/// <summary>The quantities of Theorem 2 of the paper, read locally: Lip_g is the greatest |grad g| where g is at most g(0), for the quadratic loss 2 sqrt(g(0)).</summary>
/// <param name="constants">The constants of the problem.</param>
/// <param name="rho">The damping.</param>
/// <param name="outputModulus">Lip_f: the bound of the paper, or the modulus itself.</param>
internal sealed class LocalTheorem2(Constants constants, Real rho, Real outputModulus)
{
    private readonly Real _small = Constants.Damped(constants.Lambda0.Square(), rho), _great = Constants.Damped(constants.LambdaN.Square(), rho);

    internal Constants Constants => constants;

    internal Real Rho => rho;

    private Problem Problem => constants.Problem;

    private Real RootOfUnits => Real.Exact(Problem.Network.Units, Problem.Bits).Sqrt();

    /// <summary>(12) divided by sqrt(m).</summary>
    internal Real FirstThreshold => constants.PrintedThreshold(rho) / RootOfUnits;

    /// <summary>sigma_2 sqrt(n) Lip_g/(mu Lip_f^2 sqrt(m)).</summary>
    internal Real SecondThreshold =>
        Problem.Network.Activation.GreatestCurvature(Problem.Bits) * Real.Exact(Problem.Network.Rows, Problem.Bits).Sqrt() * Problem.Loss.GreatestGradient(Problem.InitialLoss)
        / (constants.Mu * outputModulus.Square() * RootOfUnits);

    /// <summary>tau = alpha eta = (1/sqrt(m)) (lambda_0^2/lambda_n^2) (1/Lip_f^2) A(lambda_n^2)^2/A(lambda_0^2).</summary>
    internal Real TimeStep => (constants.Lambda0 / constants.LambdaN / outputModulus * _great).Square() / (_small * RootOfUnits);

    /// <summary>tau as the proof chooses it, before (31): with 1/(2 mu) in the place of 1/sqrt(m).</summary>
    internal Real TimeStepOfProof => (constants.Lambda0 / constants.LambdaN / outputModulus * _great).Square() / (2 * constants.Mu * _small);

    /// <summary>The factor of (14).</summary>
    internal Real Factor => 1 - (constants.Nu / constants.Mu * (constants.Lambda0.Square() / (constants.LambdaN * outputModulus) * _great / _small).Square());

    /// <summary>1 - (nu/mu) lambda_n^2/Lip_f^2, what that factor tends to for rho -> 0.</summary>
    internal Real FactorWithoutDamping => 1 - (constants.Nu / constants.Mu * (constants.LambdaN / outputModulus).Square());

    /// <summary>The right side of (14).</summary>
    internal Real Bound(int step) => Problem.InitialLoss * Factor.Pow(step);

    /// <summary>That the scaling factor is at least both thresholds.</summary>
    internal IEnumerable<Claim> Thresholds(Real alpha)
    {
        yield return Claims.LessOrEqual("the first threshold of Theorem 2 ≤ α", FirstThreshold, alpha);
        yield return Claims.LessOrEqual("its second threshold ≤ α", SecondThreshold, alpha);
    }
}
