using GnMlNet.Balls;
using GnMlNet.Cli.Output;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Traces;
using Spectre.Console;

namespace GnMlNet.Cli.Verifying;

/// <summary>A trace: every recorded figure is computed anew by the exact reference, without the fast path.</summary>
internal static class TraceVerification
{
    /// <param name="file">The trace.</param>
    /// <param name="console">Where progress goes.</param>
    internal static Verification Of(InputFile file, IAnsiConsole console)
    {
        RecordedRun run = TraceReader.Read(file.ReadLines(), file.Name);
        using var interrupts = new Interrupts();
        CrossCheckReport report = Bar.Run(console, "Checking the trace", advance => new CrossCheck(run).Run(progress: _ => advance(1.0 / run.Iterates.Count), cancellation: interrupts.Stop));
        Verdict verdict = report.IsWithinBounds;
        string what = verdict switch
        {
            Verdict.Proved => "every recorded figure is proved to be within its bound",
            Verdict.Refuted => "a recorded figure is proved to be beyond its bound, or its parameters do not follow",
            _ => "not every recorded figure is proved to be within its bound",
        };
        return new Verification(verdict, [Invariant($"{verdict}: {what}, at {report.Iterates.Count} iterates. 'gnml crosscheck --trace' lists the figures."), $"The trace has the SHA-256 hash {run.TraceHash}."]);
    }
}
