namespace GnMlNet.Ledger.Theorems;

/// <summary>What 1R derives from the constants and a damping, for p at least n, with Delta_0 = g(0).</summary>
/// <param name="constants">The constants of the problem.</param>
/// <param name="rho">The damping.</param>
internal sealed class DampedRepairs(Constants constants, Real rho)
{
    internal Real Rho => rho;

    /// <summary>1R: alpha above (L/(2 lambda_0^2)) sqrt(2 Delta_0/nu).</summary>
    internal Real LeastAlphaOf1R => constants.Unit.Shift(-1);

    private Real SquaredLambda => constants.Lambda0.Square();

    /// <summary>lambda_1^2 = 4 lambda_0^2 - 2 L D, below the kernel of 1R along the flow.</summary>
    internal Real KernelFloor(Real alpha) => (4 * SquaredLambda) - (2 * constants.Modulus * Distance(alpha));

    /// <summary>2 nu s(lambda_1^2), the rate of 1R.</summary>
    internal Real RateOf1R(Real alpha) => 2 * constants.Nu * Constants.Rate(KernelFloor(alpha), rho);

    /// <summary>(2 lambda_0/L)(1 - sqrt(1 - L D/(2 lambda_0^2))), how far the flow of 1R goes at most.</summary>
    internal Real DisplacementOf1R(Real alpha) =>
        2 * constants.Lambda0 / constants.Modulus * (1 - (1 - (constants.Modulus * Distance(alpha) / (2 * SquaredLambda))).Sqrt());

    /// <summary>With the dampings that instances take in turn: below, at and above lambda_0^2, and plain gradient flow.</summary>
    /// <param name="index">The number of the instance.</param>
    /// <param name="constants">Its constants.</param>
    /// <param name="leastShift">The least damping is about 2^leastShift lambda_0^2.</param>
    internal static DampedRepairs InTurn(int index, Constants constants, int leastShift)
    {
        Real square = constants.Lambda0.Square();
        return new DampedRepairs(constants, (index % 4) switch
        {
            0 => ScalingFactor.Below(Real.Min(1, square.Shift(leastShift))),
            1 => ScalingFactor.Below(Real.Min(1, square)),
            2 => ScalingFactor.Below(Real.Min(1, square.Shift(6))),
            _ => 1,
        });
    }

    // D = sqrt(2 Delta_0/nu)/alpha.
    private Real Distance(Real alpha) => (2 * constants.Problem.InitialLoss / constants.Nu).Sqrt() / alpha;
}
