using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>
/// The rules that follow from recorded doubles, bit by bit where they can: where a run starts, its times, that every iterate is the one before it moved by the recorded step, and how damping, penalties and
/// the rows of the curvature go on. They are looked at everywhere, whatever iterates are checked.
/// </summary>
internal static class RunRules
{
    /// <summary>What holds at every iterate, whether its figures are checked or not.</summary>
    internal static IEnumerable<RuleFinding> Of(RecordedRun run, StepEquations equations, StepPromise promise, int bits)
    {
        var damping = new DampingRule(run, equations, promise, bits);
        var sample = new SampleRule(run, equations, promise, bits);
        for (int index = 0; index < run.Iterates.Count; index++)
        {
            RecordedIterate iterate = run.Iterates[index];
            if (run.Kind == RunKind.Flow)
            {
                if (index == 0) yield return At(CheckedRule.Start, FlowTimes.AtStart(run));
                yield return At(CheckedRule.Times, FlowTimes.At(run, index));
            }

            if (index > 0 && !equations.IsStart(iterate) && equations.Next(run.Iterates[index - 1], iterate) is { } next)
                yield return At(CheckedRule.NextIterate, next.AsSpan().SequenceEqual(iterate.Parameters) ? "" : "the parameters are not those before plus the step, rounded once");

            if (run.Kind == RunKind.Training)
            {
                if (run.AdaptsPenalties) yield return Of(CheckedRule.Penalties, PenaltyRule.At(run, index));
                if (!equations.IsStart(iterate))
                {
                    yield return Of(CheckedRule.Damping, damping.At(index));
                    yield return Of(CheckedRule.CurvatureRows, sample.At(index));
                }
            }

            RuleFinding Of(CheckedRule rule, Found found) => new(index, iterate.Iteration, rule, found.Verdict, found.Reason);

            RuleFinding At(CheckedRule rule, string fault) => new(index, iterate.Iteration, rule, fault.Length == 0 ? Verdict.Proved : Verdict.Refuted, fault);
        }
    }
}
