using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>A sentence of Section 5 about where many steps of its flows lead: what is enclosed of the first step, and what is missing.</summary>
/// <param name="label">Its label.</param>
/// <param name="says">What it says.</param>
/// <param name="alpha">Of which scaling factors.</param>
/// <param name="inequality">The inequality.</param>
/// <param name="seen">What floating-point arithmetic shows, and what is certified.</param>
/// <param name="steps">How many steps it takes to see it in floating-point arithmetic.</param>
/// <param name="undecided">How many of the scaling factors it is about.</param>
internal abstract class Section5Limit(string label, string says, string alpha, string inequality, string seen, int steps, int undecided)
    : SettingStatement<CaliforniaSetting>(new StatementText(
        label,
        says,
        ["our replication: 256 rows, 18 units, steps of Euler's of 1/100", alpha],
        inequality,
        $"Undecided: it is about where {steps} steps and more lead, and one is enclosed; each costs seconds, and the enclosures widen by some hundred bits a step. {seen}",
        VerdictKind.Undecided,
        ExpectedUndecided: undecided))
{
    private const int Enclosed = 1;

    private protected sealed override Finding Examine(CaliforniaSetting setting)
    {
        Claim concerns = Concerns(setting);
        return setting.FindUnder([concerns], concerns.Verdict == Verdict.Proved ? [.. AfterOneStep(setting)] : []) with
        {
            Premises = [.. setting.Premises, Claims.LessOrEqual("the number of steps ≤ the number that are enclosed", steps, Enclosed)],
            Reach = Reach.UpToStep(Enclosed),
        };
    }

    /// <summary>That the sentence is about the scaling factor.</summary>
    private protected abstract Claim Concerns(CaliforniaSetting setting);

    /// <summary>What it says of the first step.</summary>
    private protected virtual IEnumerable<Claim> AfterOneStep(CaliforniaSetting setting) => [];
}
