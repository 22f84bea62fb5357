using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Settings;

/// <summary>An instance whose targets no weights reach, with a damping and a scaling factor that meet the hypotheses of Section 3 of the paper.</summary>
internal sealed class OutOfReach : ProblemSetting
{
    private const int InstanceBits = 128;

    private readonly Ceiling _ceiling;

    private OutOfReach(string name, Ceiling ceiling, Func<Constants, Real, Real> alpha, Func<Constants, Real> rho, string about)
        : base(new Constants(ceiling.Problem))
    {
        (_ceiling, Rho) = (ceiling, rho(Constants));
        Alpha = alpha(Constants, Rho);
        Name = $"{name}, α = {Alpha}, {about}";
    }

    internal override string Name { get; }

    internal override Real Alpha { get; }

    internal Real Rho { get; }

    /// <summary>Assumption 1 and the range of the damping.</summary>
    internal override IEnumerable<Claim> Hypotheses => SharedHypotheses.OfSection3(Constants, Rho);

    /// <summary>What the floor rests on.</summary>
    internal override IEnumerable<Claim> Premises => _ceiling.Premises(Alpha);

    /// <summary>At most g(alpha f(w)), whatever the weights w.</summary>
    internal Real Floor => _ceiling.Floor(Alpha);

    /// <summary>2 nu s(lambda_0^2), the rate that (2) and (11) promise.</summary>
    internal Real Rate => Constants.PrintedRate(Rho);

    /// <summary>That the scaling factor is what Theorem 1 asks.</summary>
    internal Claim MeetsPrintedThreshold => Claims.LessOrEqual("(12) ≤ α", Constants.PrintedThreshold(Rho), Alpha);

    internal static OutOfReach Q(int alpha) => Of("Q", "1.0504", (_, _) => alpha, _ => ((Real)1).Shift(-17), "ρ = 2⁻¹⁷");

    internal static OutOfReach QWithTwoUnits(int alpha) => Of("Q2", "1.0504", (_, _) => alpha, _ => ((Real)1).Shift(-17), "ρ = 2⁻¹⁷");

    internal static OutOfReach QWithKernelDamping(int alpha) => Of("Q", "1.0504", (_, _) => alpha, constants => constants.Lambda0.Square(), "ρ = λ₀²");

    internal static OutOfReach G(int alpha) => Of("G", "0.300284", (_, _) => alpha, _ => Real.Parse("1e-6", InstanceBits), "ρ = 10⁻⁶");

    /// <summary>Two units next to the weight that reaches furthest, with a multiple of (12) as scaling factor.</summary>
    internal static OutOfReach QBeyond(int multiple) => Of(
        "Q3", "1.0502958595026", (constants, rho) => ScalingFactor.Above(multiple * constants.PrintedThreshold(rho)), constants => ScalingFactor.Below(constants.Lambda0.Square().Shift(-4)), "ρ ≤ λ₀²/16");

    /// <summary>That the gap, relative to the best value 0, is at most g(0) e^(-rate t).</summary>
    internal Claim DecayUntil(int time) =>
        Claims.LessOrEqual($"a lower bound on g over all weights ≤ g(0) exp(-{Rate} t) at t = {time}", Floor, Problem.InitialLoss * (-Rate * time).Exp());

    private static OutOfReach Of(string name, string greatestPsi, Func<Constants, Real, Real> alpha, Func<Constants, Real> rho, string about) =>
        new(name, new Ceiling(name, greatestPsi, InstanceBits), alpha, rho, about);
}
