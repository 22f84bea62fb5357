using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>The rules that follow from recorded doubles alone, bit by bit: where a run starts, its times, and that every iterate is the one before it moved by the recorded step.</summary>
internal static class RunRules
{
    /// <summary>What holds at every iterate, whether its figures are checked or not.</summary>
    internal static IEnumerable<RuleFinding> Of(RecordedRun run, StepEquations equations)
    {
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

            RuleFinding At(CheckedRule rule, string fault) => new(index, iterate.Iteration, rule, fault.Length == 0 ? Verdict.Proved : Verdict.Refuted, fault);
        }
    }
}
