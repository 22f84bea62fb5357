using GnMlNet.Balls;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests;

/// <summary>Runs with inexact steps, of few inputs and many units: where such steps pay with as little as there must be to check.</summary>
internal static class InexactRuns
{
    private const int MostKept = 6;

    private static readonly Queue<(double[] Parameters, int Bits, EnclosedPoint Point)> s_latest = [];

    internal static RecordedRun Record(int iterations, bool adaptPenalty) => TraceReader.Read(Lines(iterations, adaptPenalty), "trace");

    internal static string[] Lines(int iterations, bool adaptPenalty) => RecordedRuns.Training(rows: 4096, inputs: 1, hidden: 36, iterations, adaptPenalty: adaptPenalty);

    /// <summary>The place of the first iterate of some kind.</summary>
    internal static int Index(RecordedRun run, Func<RecordedIterate, bool> fits) => run.Iterates.Index().First(at => fits(at.Item)).Index;

    private static RecordedRun Changed(RecordedRun run, int index, Func<RecordedIterate, RecordedIterate> change) =>
        run with { Iterates = [.. run.Iterates.Take(index), change(run.Iterates[index])] };

    /// <summary>Some rules at an iterate are refuted where it is altered.</summary>
    internal static void Refutes(RecordedRun run, int index, CheckedRule[] rules, Func<RecordedIterate, RecordedIterate> change) =>
        Findings(Changed(run, index, change), index).Where(finding => finding.Verdict == Verdict.Refuted).Select(finding => finding.Rule).Should().Contain(rules);

    /// <summary>What the rules say of an iterate, without the figures.</summary>
    internal static IEnumerable<RuleFinding> Findings(RecordedRun run, int index)
    {
        const int bits = 128;
        StepEquations equations = StepEquations.Of(run, FastKernels.Instance);
        var promise = new StepPromise(run, equations, bits);
        return [.. RunRules.Of(run, equations, promise, bits).Where(finding => finding.Index == index), .. IterateRules.Of(run, equations, promise, (parameters, fractionBits) => Evaluate(equations, parameters, fractionBits), index, bits)];
    }

    /// <summary>The enclosures at a point, which alterations of other figures than its parameters have in common.</summary>
    private static EnclosedPoint Evaluate(StepEquations equations, double[] parameters, int bits)
    {
        lock (s_latest)
        {
            if (s_latest.FirstOrDefault(at => ReferenceEquals(at.Parameters, parameters) && at.Bits == bits) is { Point: { } known }) return known;
            EnclosedPoint point = equations.Evaluate(parameters, bits);
            s_latest.Enqueue((parameters, bits, point));
            if (s_latest.Count > MostKept) s_latest.Dequeue();
            return point;
        }
    }
}
