using GnMlNet.Balls;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>What several verdicts come to.</summary>
internal static class Verdicts
{
    /// <summary>Refuted where one is, proved where all are, else undecided.</summary>
    internal static Verdict Of(IReadOnlyCollection<Verdict> verdicts)
    {
        if (verdicts.Contains(Verdict.Refuted)) return Verdict.Refuted;
        return verdicts.All(verdict => verdict == Verdict.Proved) ? Verdict.Proved : Verdict.Undecided;
    }
}
