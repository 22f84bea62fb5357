using GnMlNet.Core.Training;
using Spectre.Console;

namespace GnMlNet.Cli.Output;

/// <summary>Shows a training job at work: redrawn in place on a terminal, a line every few iterations elsewhere.</summary>
internal static class TrainingDisplay
{
    private const int PlainInterval = 10;
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs <paramref name="work"/> and shows the monitor meanwhile.</summary>
    internal static T Run<T>(IAnsiConsole console, TrainingMonitor monitor, Func<T> work, CancellationToken stop) =>
        console.Profile.Out.IsTerminal && console.Profile.Capabilities.Interactive ? RunLive(console, monitor, work, stop) : RunPlain(console, monitor, work);

    private static T RunLive<T>(IAnsiConsole console, TrainingMonitor monitor, Func<T> work, CancellationToken stop)
    {
        Task<T> task = Task.Run(work);
        console.Live(Draw(monitor, stop)).AutoClear(true).Start(context =>
        {
            while (!task.IsCompleted)
            {
                context.UpdateTarget(Draw(monitor, stop));
                ((IAsyncResult)task).AsyncWaitHandle.WaitOne(RedrawInterval);
            }
        });
        return task.GetAwaiter().GetResult();
    }

    private static T RunPlain<T>(IAnsiConsole console, TrainingMonitor monitor, Func<T> work)
    {
        monitor.OnIteration = iteration =>
        {
            if (iteration.Iteration % PlainInterval != 0) return;
            string[] cells = Cells(iteration);
            console.WriteLine($"iteration {cells[0]}  loss {cells[1]}  damping {cells[2]}  gradient norm {cells[3]}  elapsed {Format(monitor.Elapsed)}");
        };
        return work();
    }

    private static Rows Draw(TrainingMonitor monitor, CancellationToken stop)
    {
        Table table = new Table().RoundedBorder().AddColumns(Right("Iteration"), Right("Loss"), Right("Damping"), Right("Gradient norm"), Right("Gain ratio"));
        TrainingIteration[] latest = monitor.Latest;
        for (int i = 0; i < TrainingMonitor.Kept; i++) table.AddRow(i < latest.Length ? Cells(latest[i]) : ["", "", "", "", ""]);

        string hint = stop.IsCancellationRequested ? "Ending early with the best weights so far; Ctrl+C again aborts" : "Ctrl+C ends early and keeps the best weights";
        return new Rows(table, new Markup($"[bold]{Markup.Escape(monitor.Stage)}[/]  elapsed {Format(monitor.Elapsed)}"), new Markup($"[grey]{hint}[/]"));
    }

    private static string[] Cells(TrainingIteration iteration) =>
    [
        iteration.Start == 0 ? Invariant($"{iteration.Iteration}") : Invariant($"{iteration.Iteration} (start {iteration.Start + 1})"),
        Invariant($"{iteration.Loss:0.000000E+0}"),
        iteration.Iteration == 0 ? "-" : Invariant($"{iteration.Damping:0.0E+0}"),
        Invariant($"{iteration.GradientNorm:0.0E+0}"),
        iteration.Iteration == 0 ? "-" : Invariant($"{iteration.GainRatio:0.000}"),
    ];

    private static TableColumn Right(string header) => new TableColumn(header).RightAligned().Width(13);

    private static string Format(TimeSpan elapsed) => Invariant($"{elapsed.TotalSeconds:0.0} s");
}
