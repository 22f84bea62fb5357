using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests.Fuzzing;

/// <summary>The figures of a run beside those of a plain recomputation (<see cref="PlainStep"/>), with room for rounding and none for lies.</summary>
internal static class PlainTrace
{
    // Far more than rounding explains on the small runs of these tests.
    private const double LossTolerance = 1e-9, StepTolerance = 1e-6, FollowTolerance = 1e-13;

    /// <summary>What is not so, or nothing.</summary>
    internal static string FalseFigure(RecordedRun run)
    {
        bool isFlow = run.Kind == RunKind.Flow;
        for (int k = 0; k < run.Iterates.Count; k++)
        {
            RecordedIterate iterate = run.Iterates[k];
            // The step from here, if one was taken; of the last iterate only the loss is needed.
            RecordedIterate led = isFlow || k + 1 == run.Iterates.Count ? iterate : run.Iterates[k + 1];
            bool hasStep = (isFlow ? led.Direction : led.Step).Length > 0;
            var plain = new PlainStep(run with { Iterates = isFlow ? [iterate] : [iterate, hasStep ? led : led with { Metric = new double[iterate.Parameters.Length], CurvatureRows = [] }] });
            double loss = plain.Loss(iterate);
            if (!(Math.Abs(iterate.Loss - loss) <= LossTolerance * loss)) return FormattableString.Invariant($"loss of iterate {k}: {loss:R}, not {iterate.Loss:R}");
            if (hasStep && (isFlow || k + 1 < run.Iterates.Count) && !plain.IsNear(isFlow ? iterate.Direction : led.Step, StepTolerance)) return FormattableString.Invariant($"step from iterate {k}");
            if (k + 1 < run.Iterates.Count && !Follows(run, iterate, run.Iterates[k + 1])) return FormattableString.Invariant($"parameters of iterate {k + 1}");
        }

        return "";
    }

    private static bool Follows(RecordedRun run, RecordedIterate before, RecordedIterate after) => Enumerable.Range(0, before.Parameters.Length).All(i =>
    {
        double from = before.Parameters[i], to = after.Parameters[i];
        return run.Kind == RunKind.Flow
            ? Math.Abs(from - (after.StepSize / run.ScalingFactor * before.Direction[i]) - to) <= FollowTolerance * (Math.Abs(from) + Math.Abs(from - to))
            : (i < after.Step.Length ? from + after.Step[i] : from) == to;
    });
}
