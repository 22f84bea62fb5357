using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests.Certificates;

/// <summary>Small certificates of every kind.</summary>
internal static class SampleCertificates
{
    /// <summary>Training; with fixed output weights; with penalties that adapt; with logistic units; from a sample of the rows in single precision; a flow; one without damping; one with more parameters than rows.</summary>
    internal static IReadOnlyList<string> Kinds { get; } = ["training", "penalties", "logistic", "sample", "flow", "undamped", "dual"];

    internal static StepCertificate Of(string kind) => new CrossCheck(Run(kind)).Certify(2)!;

    internal static RecordedRun Run(string kind)
    {
        RecordedRun run = TraceReader.Read(Trace(kind), "trace");
        return kind == "sample" ? OfSample(run) : run;
    }

    internal static string[] Trace(string kind) => kind switch
    {
        "training" or "sample" => RecordedRuns.Training(rows: 40, inputs: 3, hidden: 3, iterations: 2),
        "penalties" => RecordedRuns.Training(rows: 40, inputs: 2, hidden: 2, iterations: 4, adaptPenalty: true, weight: j => 1 + (j % 2)),
        "logistic" => RecordedRuns.Training(rows: 40, inputs: 2, hidden: 2, iterations: 2, activation: Core.Networks.Activation.Logistic),
        "flow" => RecordedRuns.Flow(rows: 40, inputs: 3, hidden: 3, damping: 0.1, duration: 0.02),
        "undamped" => RecordedRuns.Flow(rows: 40, inputs: 2, hidden: 2, damping: 0, duration: 0.02),
        _ => RecordedRuns.Flow(rows: 5, inputs: 3, hidden: 10, damping: 0.1, duration: 0.02),
    };

    // The recorded step is that of all rows: what it misses of the step of the sample is its certified error, as single precision would be.
    private static RecordedRun OfSample(RecordedRun run) =>
        run with { Iterates = [.. run.Iterates.Select(iterate => iterate.Step.Length == 0 ? iterate : iterate with { CurvatureRows = [(20, 40), (0, 8)], CurvatureInSinglePrecision = true })] };
}
