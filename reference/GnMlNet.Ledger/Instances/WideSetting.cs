using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Instances;

/// <summary>A network, mostly with many units, in the setting of Theorem 2 read locally: rho = 10^-8, and a scaling factor just above both thresholds.</summary>
internal sealed class WideSetting
{
    private WideSetting(string name, bool usesBound, int bits)
    {
        Problem = InstanceData.Named(name).At(bits);
        Constants = new Constants(Problem, bits);
        Rho = Real.Parse("1e-8", bits);
        Printed = new PrintedTheorem2(Constants, Rho, usesBound ? Problem.Network.PrintedOutputModulus() : Problem.Network.OutputModulus(bits));
        Alpha = ScalingFactor.Above(Real.Max(Printed.FirstThreshold, Printed.SecondThreshold));
        Name = $"{name}, α = {Alpha}, ρ = 10⁻⁸, Lip_f {(usesBound ? "bounded" : "exact")}";
    }

    internal string Name { get; }

    internal Problem Problem { get; }

    internal Constants Constants { get; }

    internal Real Rho { get; }

    internal Real Alpha { get; }

    internal PrintedTheorem2 Printed { get; }

    internal IEnumerable<Claim> Hypotheses => [.. SharedHypotheses.OfSection3(Constants, Rho), .. Printed.Thresholds(Alpha)];

    internal static WideSetting Of(string name, bool usesBound, int bits) => new(name, usesBound, bits);
}
