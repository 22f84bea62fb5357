namespace GnMlNet.Ledger.Theorems;

/// <summary>What 1R and 2R derive from the constants and a damping, for p at least n, with Delta_0 = g(0).</summary>
/// <param name="constants">The constants of the problem.</param>
/// <param name="rho">The damping.</param>
internal sealed class DampedRepairs(Constants constants, Real rho)
{
    internal Real Rho => rho;

    /// <summary>1R: alpha above (L/(2 lambda_0^2)) sqrt(2 Delta_0/nu).</summary>
    internal Real LeastAlphaOf1R => constants.Unit.Shift(-1);

    /// <summary>2R: alpha above 2 (L/lambda_0^2) sqrt(2 Delta_0/nu).</summary>
    internal Real LeastAlphaOf2R => 2 * constants.Unit;

    /// <summary>2R: tau at most 1/(2 mu s((2 lambda_n + lambda_0)^2)).</summary>
    internal Real GreatestTimeStep => 1 / (2 * constants.Mu * Constants.Rate(((2 * constants.LambdaN) + constants.Lambda0).Square(), rho));

    /// <summary>An exact scaling factor just above that of 2R.</summary>
    internal Real AlphaOf2R => ScalingFactor.Above(LeastAlphaOf2R);

    /// <summary>An exact time step just below the greatest one of 2R.</summary>
    internal Real TimeStepOf2R => ScalingFactor.Below(GreatestTimeStep);

    private Real SquaredLambda => constants.Lambda0.Square();

    /// <summary>lambda_1^2 = 4 lambda_0^2 - 2 L D, below the kernel of 1R along the flow.</summary>
    internal Real KernelFloor(Real alpha) => (4 * SquaredLambda) - (2 * constants.Modulus * Distance(alpha));

    /// <summary>2 nu s(lambda_1^2), the rate of 1R.</summary>
    internal Real RateOf1R(Real alpha) => 2 * constants.Nu * Constants.Rate(KernelFloor(alpha), rho);

    /// <summary>(2 lambda_0/L)(1 - sqrt(1 - L D/(2 lambda_0^2))), how far the flow of 1R goes at most.</summary>
    internal Real DisplacementOf1R(Real alpha) =>
        2 * constants.Lambda0 / constants.Modulus * (1 - (1 - (constants.Modulus * Distance(alpha) / (2 * SquaredLambda))).Sqrt());

    /// <summary>1 - tau nu s(lambda_0^2), the factor of 2R.</summary>
    internal Real FactorOf2R(Real tau) => 1 - (tau * constants.Nu * constants.LeastRate(rho));

    /// <summary>(2/(alpha lambda_0)) sqrt(2 Delta_0/nu), how far the steps of 2R go at most.</summary>
    internal Real DisplacementOf2R(Real alpha) => 2 / (alpha * constants.Lambda0) * Distance();

    /// <summary>With the dampings that instances take in turn: below, at and above lambda_0^2, and plain gradient flow.</summary>
    /// <param name="index">The number of the instance.</param>
    /// <param name="constants">Its constants.</param>
    /// <param name="leastShift">The least damping is about 2^leastShift lambda_0^2.</param>
    internal static DampedRepairs InTurn(int index, Constants constants, int leastShift)
    {
        Real square = constants.Lambda0.Square();
        return new DampedRepairs(constants, (index % 4) switch
        {
            0 => ScalingFactor.Below(square.Shift(leastShift)),
            1 => ScalingFactor.Below(square),
            2 => ScalingFactor.Below(Real.Min(1, square.Shift(6))),
            _ => 1,
        });
    }

    // D = sqrt(2 Delta_0/nu)/alpha.
    private Real Distance(Real alpha) => Distance() / alpha;

    private Real Distance() => (2 * constants.Problem.InitialLoss / constants.Nu).Sqrt();
}
