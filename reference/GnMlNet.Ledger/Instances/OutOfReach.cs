using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Instances;

/// <summary>An instance whose targets no weights reach, with a damping and a scaling factor that meet the hypotheses of Section 3 of the paper.</summary>
internal sealed class OutOfReach
{
    private const int Bits = 128;

    private readonly Ceiling _ceiling;

    private OutOfReach(string name, string greatestPsi, Func<Constants, Real, Real> alpha, Func<Constants, Real> rho, string about)
    {
        _ceiling = Ceiling.Of(name, greatestPsi, Bits);
        Constants = new Constants(_ceiling.Problem);
        Rho = rho(Constants);
        Alpha = alpha(Constants, Rho);
        Name = $"{name}, α = {Alpha}, {about}";
    }

    internal string Name { get; }

    internal Real Alpha { get; }

    internal Real Rho { get; }

    internal Constants Constants { get; }

    internal int Precision => Constants.Problem.Bits;

    /// <summary>At most g(alpha f(w)), whatever the weights w.</summary>
    internal Real Floor => _ceiling.Floor(Alpha);

    /// <summary>2 nu s(lambda_0^2), the rate that (2) and (11) promise.</summary>
    internal Real Rate => 2 * Constants.Nu * Constants.Rate(Constants.Lambda0.Square(), Rho);

    internal static OutOfReach Q(int alpha) => new("Q", "1.0504", (_, _) => alpha, _ => ((Real)1).Shift(-17), "ρ = 2⁻¹⁷");

    internal static OutOfReach QWithTwoUnits(int alpha) => new("Q2", "1.0504", (_, _) => alpha, _ => ((Real)1).Shift(-17), "ρ = 2⁻¹⁷");

    internal static OutOfReach QWithKernelDamping(int alpha) => new("Q", "1.0504", (_, _) => alpha, constants => constants.Lambda0.Square(), "ρ = λ₀²");

    internal static OutOfReach G(int alpha) => new("G", "0.300284", (_, _) => alpha, _ => Real.Parse("1e-6", Bits), "ρ = 10⁻⁶");

    /// <summary>Two units next to the weight that reaches furthest, with a multiple of (12) as scaling factor.</summary>
    internal static OutOfReach QBeyond(int multiple) => new(
        "Q3", "1.0502958595026", (constants, rho) => ScalingFactor.Above(multiple * constants.PrintedThreshold(rho)), constants => ScalingFactor.Below(constants.Lambda0.Square().Shift(-4)), "ρ ≤ λ₀²/16");

    /// <summary>Assumption 1, the range of the damping, and what the floor rests on.</summary>
    internal IEnumerable<Claim> Hypotheses =>
    [
        .. SharedHypotheses.OfSection3(Constants, Rho),
        .. _ceiling.Premises(Alpha),
    ];

    /// <summary>That the gap, relative to the best value 0, is at most g(0) e^(-rate t).</summary>
    internal Claim DecayUntil(int time) =>
        Claims.LessOrEqual($"a lower bound on g over all weights ≤ g(0) exp(-{Rate} t) at t = {time}", Floor, Constants.Problem.InitialLoss * (-Rate * time).Exp());
}
