using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Settings;

/// <summary>A network, mostly with many units, in the setting of Theorem 2 read locally: rho = 10^-8.</summary>
internal sealed class WideSetting : LocalTheorem2Setting
{
    private const int FirstBits = 512;

    // Of Lip_f: the bound of the paper, and the modulus itself.
    private static readonly bool[] Readings = [true, false];

    private WideSetting(string name, bool usesBound, LocalTheorem2 printed)
        : base(printed) => Name = $"{name}, α = {Alpha}, ρ = 10⁻⁸, Lip_f {(usesBound ? "bounded" : "exact")}";

    internal override string Name { get; }

    internal override IEnumerable<Claim> Hypotheses => HypothesesOfTheorem;

    internal static WideSetting Of(string name, bool usesBound, int bits)
    {
        Problem problem = InstanceData.Named(name).At(bits);
        Real modulus = usesBound ? problem.Network.PrintedOutputModulus() : problem.Network.OutputModulus(bits);
        return new WideSetting(name, usesBound, new LocalTheorem2(new Constants(problem, bits), Real.Parse("1e-8", bits), modulus));
    }

    /// <summary>What is found on instances for so many steps and both readings of Lip_f, with as many bits as it takes.</summary>
    internal static IEnumerable<Finding> Decide(IEnumerable<(string Name, int Steps)> instances, Func<WideSetting, int, Finding> find) =>
        from instance in instances
        from usesBound in Readings
        select Rising.Decide(bits => find(Of(instance.Name, usesBound, bits), instance.Steps), FirstBits);

    /// <summary>What is found along steps.</summary>
    /// <param name="rate">What the learning rate is called.</param>
    /// <param name="tau">The time step.</param>
    /// <param name="steps">How many.</param>
    /// <param name="conclusion">The claim about the path.</param>
    internal Finding AlongSteps(string rate, Real tau, int steps, Func<Iterate[], Claim> conclusion)
    {
        Iterate[] path = [.. new GaussNewtonSteps(Problem, Alpha, Rho, tau).Take(steps)];
        return new Finding($"{Name}, η {rate}", Bits, [.. Hypotheses], [conclusion(path)], Reach.UpToStep(steps)) { Premises = [SharedHypotheses.AreEnclosed(steps, path)] };
    }
}
