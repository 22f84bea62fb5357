using GnMlNet.Balls;
using GnMlNet.Ledger.Models;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Cli.Auditing;

/// <summary>The numbers of a saved network as the ledger takes them.</summary>
internal static class ModelToAudit
{
    /// <param name="run">A run of one iterate: hidden weights unit by unit, each with its bias behind it, then output weights and output bias.</param>
    internal static TrainedModel Of(RecordedRun run)
    {
        Dyadic[] theta = Array.ConvertAll(run.Iterates[^1].Parameters, Dyadic.FromDouble);
        int d = run.Inputs, m = run.HiddenUnits, wide = d + (run.Biases ? 1 : 0);
        return new TrainedModel(
            run.Activation == "Logistic",
            [.. run.Rows.Select(row => Array.ConvertAll(row.X, Dyadic.FromDouble))],
            [.. run.Rows.Select(row => Dyadic.FromDouble(row.Y))],
            [.. Enumerable.Range(0, m).Select(i => theta[(i * wide)..((i * wide) + d)])],
            run.Biases ? [.. Enumerable.Range(0, m).Select(i => theta[(i * wide) + d])] : [],
            theta[(m * wide)..((m * wide) + m)],
            run.Biases ? theta[(m * wide) + m] : null);
    }
}
