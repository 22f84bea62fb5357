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
        if (IsDue(iterate.Iteration) && iterate.Inexact is not null && !IsYoung(run, index)) return Found.Broken($"a and b come from a matrix of another point than one of the last {GreatestAge} inexact steps");
        if (IsDue(iterate.Iteration)) return isSame ? Found.Open("a and b should have been estimated anew, unless the matrix was not positive definite to working precision") : Found.Holds;
        // Steps that led nowhere with an approximate matrix are counted, too, and not recorded.
        return isSame ? Found.Holds : HasSampled(run, index) ? Found.Open("a and b are estimated anew at another iteration") : Found.Broken($"a and b change before a step that is not due");
    }

    /// <summary>Whether the matrix that a and b come from was made where one of the inexact steps without interruption before this one began, or this one.</summary>
    private static bool IsYoung(RecordedRun run, int index)
    {
        int age = run.Iterates[index].Inexact!.InverseAge;
        if (age is < 0 or > GreatestAge || age >= index) return false;
        for (int i = index - age; i < index; i++)
        {
            if (run.Iterates[i].Inexact is null) return false;
        }

        return true;
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
