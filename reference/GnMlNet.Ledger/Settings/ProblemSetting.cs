using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Settings;

/// <summary>A problem with its constants and a scaling factor.</summary>
/// <param name="constants">The constants.</param>
internal abstract class ProblemSetting(Constants constants) : Setting
{
    internal Constants Constants => constants;

    internal Problem Problem => constants.Problem;

    internal override int Bits => Problem.Bits;

    /// <summary>alpha.</summary>
    internal abstract Real Alpha { get; }
}
