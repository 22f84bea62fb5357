using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>The rules that need exact figures, at the iterates whose figures are checked.</summary>
internal static class IterateRules
{
    internal static IEnumerable<RuleFinding> Of(RecordedRun run, StepEquations equations, StepPromise promise, Func<double[], int, EnclosedPoint> evaluate, int index, int bits)
    {
        RecordedIterate iterate = run.Iterates[index];
        var findings = new List<RuleFinding>();
        if (run.Kind == RunKind.Training)
        {
            if (equations.IsStart(iterate)) return [];
            var training = new TrainingRules(run, equations, promise, evaluate, bits);
            Add(CheckedRule.Acceptance, training.Acceptance(index));
            if (iterate.Inexact is not null)
            {
                Add(CheckedRule.Share, training.Share(index));
                Add(CheckedRule.BestMultiple, training.BestMultiple(index));
            }

            Add(CheckedRule.Rejections, training.Rejections(index));
            Add(CheckedRule.Metric, training.Metric(index));
            return findings;
        }

        if (index > 0 && equations.Next(run.Iterates[index - 1], iterate) is null) Add(CheckedRule.NextIterate, new SchemeStep(run, equations, promise, bits).Check(index));
        if (double.IsNaN(iterate.Loss)) Add(CheckedRule.Absence, MissingFigures.Loss(evaluate(iterate.Parameters, bits)));
        else if (iterate.Direction.Length == 0) Add(CheckedRule.Absence, MissingFigures.Direction(equations, promise, iterate, bits));
        return findings;

        void Add(CheckedRule rule, Found found) => findings.Add(new RuleFinding(index, iterate.Iteration, rule, found.Verdict, found.Reason));
    }
}
