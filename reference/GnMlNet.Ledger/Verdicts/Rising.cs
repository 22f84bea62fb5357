namespace GnMlNet.Ledger.Verdicts;

/// <summary>Precision that rises until the enclosures suffice.</summary>
internal static class Rising
{
    /// <summary>What is found with so many bits, or with twice as many each time while it is undecided, up to the cap.</summary>
    internal static Finding Decide(Func<int, Finding> examine, int firstBits = 256, int mostBits = 4096)
    {
        Finding finding = examine(firstBits);
        for (int bits = 2 * firstBits; finding.Verdict == FindingVerdict.Undecided && bits <= mostBits; bits *= 2) finding = examine(bits);
        return finding;
    }
}
