using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Settings;

/// <summary>A problem in the setting of Theorem 2 read locally, with a scaling factor just above both thresholds.</summary>
/// <param name="printed">Its quantities.</param>
internal abstract class LocalTheorem2Setting(LocalTheorem2 printed) : ProblemSetting(printed.Constants)
{
    internal LocalTheorem2 Printed => printed;

    internal Real Rho => printed.Rho;

    internal override Real Alpha { get; } = ScalingFactor.Above(Real.Max(printed.FirstThreshold, printed.SecondThreshold));

    private protected IEnumerable<Claim> HypothesesOfTheorem => [.. SharedHypotheses.OfSection3(Constants, Rho), .. printed.Thresholds(Alpha)];
}
