namespace GnMlNet.Ledger.Theorems;

/// <summary>What 2R derives from the constants, a damping and a time step tau = alpha eta, for p at least n, with Delta_0 = g(0).</summary>
/// <param name="constants">The constants of the problem.</param>
/// <param name="rho">The damping.</param>
/// <param name="timeStep">tau, exact.</param>
internal sealed class DampedSteps(Constants constants, Real rho, Real timeStep)
{
    internal Constants Constants => constants;

    internal Real Rho => rho;

    internal Real TimeStep => timeStep;

    /// <summary>2/(mu s((2 lambda_n + lambda_0)^2)), which tau must stay below.</summary>
    internal Real Limit => LimitFor(constants, rho);

    /// <summary>kappa_2 (L/lambda_0^2) sqrt(2 Delta_0/nu), which alpha must exceed, where tau is below its limit.</summary>
    internal Real LeastAlpha
    {
        get
        {
            Real theta = RelativeTimeStep, chi = Curving, b = ((Real)2 / 3) + (chi * (1 + theta)).Shift(-1);
            return (b + (b.Square() + (theta * (2 - theta) * chi.Square()).Shift(-2)).Sqrt()) / (2 - theta) * constants.Unit;
        }
    }

    /// <summary>An exact scaling factor just above that.</summary>
    internal Real SufficientAlpha => ScalingFactor.Above(LeastAlpha);

    // theta = mu tau s(Kbar).
    private Real RelativeTimeStep => 2 * timeStep / Limit;

    // chi = tau s(lambda_0^2) sqrt(mu nu).
    private Real Curving => timeStep * constants.LeastRate(rho) * (constants.Mu * constants.Nu).Sqrt();

    /// <summary>1 - 2 beta tau nu s(lambda_0^2), by which a step decreases the gap.</summary>
    internal Real Factor(Real alpha) => 1 - (2 * RemainingDecrease(alpha) * timeStep * constants.Nu * constants.LeastRate(rho));

    /// <summary>How far all steps go together at most: as the flow of 1R at the scaling factor alpha beta.</summary>
    internal Real Displacement(Real alpha) => new DampedRepairs(constants, rho).DisplacementOf1R(alpha * RemainingDecrease(alpha));

    /// <summary>With the time step 1/(mu s((2 lambda_n + lambda_0)^2)).</summary>
    internal static DampedSteps AtHalfTheLimit(Constants constants, Real rho) => new(constants, rho, ScalingFactor.Below(LimitFor(constants, rho).Shift(-1)));

    /// <summary>The time steps that instances take in turn, as parts of the limit: a quarter, half and seven eighths of it.</summary>
    /// <param name="index">The number of the instance.</param>
    /// <param name="constants">Its constants.</param>
    /// <param name="rho">The damping.</param>
    internal static DampedSteps InTurn(int index, Constants constants, Real rho)
    {
        int eighths = (index % 3) switch { 0 => 2, 1 => 4, _ => 7 };
        return new DampedSteps(constants, rho, ScalingFactor.Below(eighths * LimitFor(constants, rho).Shift(-3)));
    }

    private static Real LimitFor(Constants constants, Real rho) => 2 / (constants.Mu * Constants.Rate(((2 * constants.LambdaN) + constants.Lambda0).Square(), rho));

    // beta = 1 - q - (theta/2)(1 + q)^2, q = chi/(2 c).
    private Real RemainingDecrease(Real alpha)
    {
        Real q = (Curving * constants.Unit / alpha).Shift(-1);
        return 1 - q - (RelativeTimeStep * (1 + q).Square()).Shift(-1);
    }
}
