using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>The times, step sizes and step counts that the settings of a flow give. All of them are doubles that the fast path computed by one rounding each, so they are compared bit by bit.</summary>
internal static class FlowTimes
{
    /// <summary>What is wrong with the first point; empty where nothing is.</summary>
    internal static string AtStart(RecordedRun run)
    {
        RecordedIterate first = run.Iterates[0];
        if (first.Time != 0 || first.Iteration != 0 || first.StepSize != 0) return "the first point is not at time 0";
        return first.Parameters.AsSpan().SequenceEqual(run.InitialWeights) ? "" : "the first point is not at the initial weights";
    }

    /// <summary>What is wrong with the time of a point; empty where nothing is.</summary>
    internal static string At(RecordedRun run, int index)
    {
        if (index == 0) return "";
        RecordedIterate before = run.Iterates[index - 1], iterate = run.Iterates[index];
        if (iterate.Iteration <= before.Iteration || !(iterate.Time > before.Time) || !(iterate.StepSize > 0)) return "times and step counts do not rise";
        if (iterate.Time > run.Duration) return "the time is beyond the duration";
        bool isLast = index == run.Iterates.Count - 1;
        return run.Scheme == "DormandPrince" ? Adaptive(run, index, isLast) : Fixed(run, before, iterate, isLast);
    }

    /// <summary>How many steps a scheme of fixed steps takes from one recorded point to the next.</summary>
    internal static int StepsBetween(RecordedRun run) => (int)Math.Clamp(Math.Round(run.RecordingInterval / run.TimeStep), 1, int.MaxValue);

    /// <summary>The time after so many fixed steps.</summary>
    internal static double TimeAfter(RecordedRun run, int steps)
    {
        // Rounding in the quotient is not a further step.
        double all = Math.Ceiling(run.Duration / run.TimeStep * (1 - 1e-12));
        return steps >= all ? run.Duration : steps * run.TimeStep;
    }

    private static string Fixed(RecordedRun run, RecordedIterate before, RecordedIterate iterate, bool isLast)
    {
        int between = StepsBetween(run);
        long next = (long)before.Iteration + between;
        if (isLast ? iterate.Iteration > next : iterate.Iteration != next) return FormattableString.Invariant($"step {next} should have been recorded here");
        double time = TimeAfter(run, iterate.Iteration);
        if (iterate.Time != time) return FormattableString.Invariant($"the time should be {time}");
        double size = time - TimeAfter(run, iterate.Iteration - 1);
        return iterate.StepSize == size ? "" : FormattableString.Invariant($"the step size should be {size}");
    }

    private static string Adaptive(RecordedRun run, int index, bool isLast)
    {
        RecordedIterate before = run.Iterates[index - 1], iterate = run.Iterates[index];
        double passed = iterate.Time - before.Time;
        if (run.RecordingInterval == 0)
        {
            if (iterate.Iteration != before.Iteration + 1) return FormattableString.Invariant($"step {before.Iteration + 1} should have been recorded here");
            return iterate.StepSize == passed ? "" : FormattableString.Invariant($"the step size should be {passed}");
        }

        double time = Math.Min(run.Duration, index * run.RecordingInterval);
        if (!isLast && iterate.Time != time) return FormattableString.Invariant($"the time should be {time}");
        return iterate.Time <= time && iterate.StepSize <= Math.BitIncrement(passed) ? "" : "the step is longer than the time that passed";
    }
}
