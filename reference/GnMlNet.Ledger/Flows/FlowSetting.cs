using GnMlNet.Ledger.Numbers;

namespace GnMlNet.Ledger.Flows;

/// <summary>With how many bits, how finely and how far the statements on flows enclose them, and the instances of those that need a flow with p at least n.</summary>
internal static class FlowSetting
{
    internal const int Bits = 224;

    /// <summary>Into how many parts a piece of the flow is cut where an inequality is compared.</summary>
    internal const int Parts = 8;

    internal static IReadOnlyList<string> Overparameterized { get; } = ["over01", "over04", "over07", "over08", "over09", "over13", "over16", "Q", "G"];

    /// <summary>T.</summary>
    internal static Real End(Scope scope) => scope == Scope.Quick ? ((Real)1).Shift(-1) : 2;
}
