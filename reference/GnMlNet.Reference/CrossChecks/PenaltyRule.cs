using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>
/// What follows bit by bit of penalties that evidence adapts: they are a_g/(b n); a and b start at their documented values, and change before every step from the sixth to the thirty-first and before every second one from then on alone.
/// </summary>
internal static class PenaltyRule
{
    private const int FirstIteration = 5, LastOfEvery = 30, Interval = 2, GreatestAge = 9;

    private const double InitialPrecision = 30, OutputBiasPrecision = 1e-3, InitialNoisePrecision = 10, GreatestInitialPenalty = 0.01;

    /// <summary>Whether a and b are estimated anew before the step to an iteration.</summary>
    internal static bool IsDue(int iteration) => iteration - 1 >= FirstIteration && (iteration - 1 <= LastOfEvery || (iteration - 1) % Interval == 0);

    /// <summary>Checks the penalties of an iterate.</summary>
    /// <param name="run">The run.</param>
    /// <param name="index">The iterate's place in the trace.</param>
    internal static Found At(RecordedRun run, int index)
    {
        RecordedIterate iterate = run.Iterates[index];
        for (int i = 0; i < iterate.Penalties.Length; i++)
        {
            double penalty = iterate.Precisions[run.Layout.PenaltyGroup(i)] / (iterate.NoisePrecision * run.TotalWeight);
            if (iterate.Penalties[i] != penalty) return Found.Broken($"penalty {i} is {iterate.Penalties[i]}, and a/(b n) is {penalty}");
        }

        if (iterate.Iteration == 0)
        {
            double[] precisions = [.. Enumerable.Repeat(InitialPrecision, run.Inputs + 2), OutputBiasPrecision];
            double noise = Math.Max(InitialNoisePrecision, InitialPrecision / (GreatestInitialPenalty * run.TotalWeight));
            return Found.If(iterate.NoisePrecision == noise && iterate.Precisions.AsSpan().SequenceEqual(precisions), $"a and b do not start at their first values");
        }

        RecordedIterate before = run.Iterates[index - 1];
        bool isSame = iterate.NoisePrecision == before.NoisePrecision && iterate.Precisions.AsSpan().SequenceEqual(before.Precisions);
        if (iterate.Inexact is { } inexact && inexact.InverseAge != Age(run, index)) return Found.Broken($"the matrix of the evidence is said to be {inexact.InverseAge} steps old, and the rule gives {Age(run, index)}");
        if (IsDue(iterate.Iteration) && !isSame && iterate.CurvatureInSinglePrecision && EvidenceFigures.Source(run, index) is not { EvidenceMatrix.Length: > 0 }) return Found.Broken($"the matrix that a and b come from is missing");
        if (IsDue(iterate.Iteration)) return isSame ? Found.Open("a and b should have been estimated anew, unless the matrix was not positive definite to working precision") : Found.Holds;
        // Steps that led nowhere with an approximate matrix are counted, too, and not recorded.
        return isSame ? Found.Holds : HasSampled(run, index) ? Found.Open("a and b are estimated anew at another iteration") : Found.Broken($"a and b change before a step that is not due");
    }

    /// <summary>How many steps old the matrix of the evidence is at an inexact step: it is made at the first of an uninterrupted stretch of them where one is due, and anew where it is older than 9 then. -1 before the first.</summary>
    private static int Age(RecordedRun run, int index)
    {
        int first = index;
        while (first > 0 && run.Iterates[first - 1].Inexact is not null) first--;
        int age = -1;
        for (int i = first; i <= index; i++)
        {
            if (age >= 0) age++;
            if (IsDue(run.Iterates[i].Iteration) && age is < 0 or > GreatestAge) age = 0;
        }

        return age;
    }

    private static bool HasSampled(RecordedRun run, int index)
    {
        for (; run.Iterates[index].Iteration > 0; index--)
        {
            if (run.Iterates[index].CurvatureRows.Count > 0 || run.Iterates[index].CurvatureInSinglePrecision) return true;
        }

        return false;
    }
}
