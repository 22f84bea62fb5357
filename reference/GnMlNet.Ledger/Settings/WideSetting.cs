using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Settings;

/// <summary>An instance in the setting of Theorem 2 read locally: rho = 10^-8, and both readings of Lip_f.</summary>
internal sealed class WideSetting : LocalTheorem2Setting
{
    private const int FirstBits = 512;
    private const int MostBits = 2048;

    // Bounds are compared with the floor at steps 1, 2, 4, ..., 2^30.
    private const int LastPower = 30;

    // Networks with more parameters are followed for fewer steps.
    private const int MostParameters = 256;

    // Of Lip_f: the bound of the paper, and the modulus itself.
    private static readonly bool[] Readings = [true, false];

    private readonly Ceiling? _ceiling;

    private WideSetting(string name, bool usesBound, LocalTheorem2 printed)
        : base(printed)
    {
        Name = $"{name}, α = {Alpha}, ρ = 10⁻⁸, Lip_f {(usesBound ? "bounded" : "exact")}";
        _ceiling = Ceiling.Of(Problem);
    }

    internal override string Name { get; }

    internal override IEnumerable<Claim> Hypotheses => HypothesesOfTheorem;

    /// <summary>Whether no weights reach the targets.</summary>
    internal bool IsOutOfReach => _ceiling?.IsOutOfReach(Alpha).Verdict == Verdict.Proved;

    /// <summary>At most g(alpha f(w)), whatever the weights w, where the targets are out of reach.</summary>
    internal Real Floor => _ceiling!.Floor(Alpha);

    internal static WideSetting Of(string name, bool usesBound, int bits) => Of(InstanceData.Named(name), usesBound, bits);

    internal static WideSetting Of(InstanceData instance, bool usesBound, int bits)
    {
        Constants constants = ConstantsOfInstance.At(instance, bits, bits);
        Network network = constants.Problem.Network;
        Real modulus = usesBound ? network.PrintedOutputModulus() : network.OutputModulus(bits);
        return new WideSetting(instance.Name, usesBound, new LocalTheorem2(constants, Real.Parse("1e-8", bits), modulus));
    }

    /// <summary>What an instance has to meet.</summary>
    internal static IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Overparameterized(instance);

    /// <summary>What is found on an instance for both readings of Lip_f, with as many bits as it takes.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="find">What is found with so many bits.</param>
    /// <param name="mostBits">With how many it ends.</param>
    internal static IEnumerable<Finding> Decide(InstanceData instance, Func<WideSetting, Finding> find, int mostBits = MostBits) =>
        Readings.Select(usesBound => Rising.Decide(bits => find(Of(instance, usesBound, bits)), FirstBits, mostBits));

    /// <summary>How many steps are followed.</summary>
    /// <param name="scope">In the quick set, so many; in the full one more.</param>
    /// <param name="quick">In the quick set.</param>
    internal int Length(Scope scope, int quick) => Problem.Network.Parameters > MostParameters ? Math.Min(quick, 10) : scope == Scope.Quick ? quick : 200;

    /// <summary>What is found along steps.</summary>
    /// <param name="rate">What the learning rate is called.</param>
    /// <param name="tau">The time step.</param>
    /// <param name="steps">How many.</param>
    /// <param name="conclusion">The claim about each point from the first step on.</param>
    internal Finding AlongSteps(string rate, Real tau, int steps, Func<PathPoint, Claim> conclusion)
    {
        string name = $"{Name}, η {rate}";
        if (Hypotheses.Any(claim => claim.Verdict != Verdict.Proved)) return new Finding(name, Bits, [.. Hypotheses], []);
        PathPoint[] path = [.. new StepEnclosure(Constants, Alpha, Rho, tau).Take(steps)];
        Claim[] conclusions = path.Length > 1 ? [Claim.All(path.Skip(1).Select(conclusion))] : [];
        return new Finding(name, Bits, [.. Hypotheses], conclusions, Reach.UpToStep(steps)) { Premises = [SharedHypotheses.AreEnclosed(steps, path.Length - 1)] };
    }

    /// <summary>What is found of a bound on the gap: at the first step by which it is below all weights' where the targets are out of reach, else along steps.</summary>
    /// <param name="rate">What the learning rate is called.</param>
    /// <param name="tau">The time step.</param>
    /// <param name="steps">How many.</param>
    /// <param name="factor">q.</param>
    internal Finding Decreases(string rate, Real tau, int steps, Real factor)
    {
        Real Bound(int step) => Problem.InitialLoss * factor.Pow(step);
        for (int power = 0; IsOutOfReach && power <= LastPower; power++)
        {
            int step = 1 << power;
            Claim claim = Claims.LessOrEqual($"a lower bound on g over all weights ≤ Δ₀ q^k at k = {step}, q = {factor}", Floor, Bound(step));
            if (claim.Verdict == Verdict.Refuted) return new Finding($"{Name}, η {rate}", Bits, [.. Hypotheses], [claim]) { Premises = [_ceiling!.IsOutOfReach(Alpha)] };
        }

        return AlongSteps(rate, tau, steps, point => Claims.LessOrEqual($"Δ_k ≤ Δ₀ q^k, k = {point.Step}, q = {factor}", point.Objective, Bound(point.Step)));
    }
}
