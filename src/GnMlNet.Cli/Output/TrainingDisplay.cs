using System.Diagnostics;
using GnMlNet.Core.Training;
using Spectre.Console;

namespace GnMlNet.Cli.Output;

/// <summary>
/// Shows training at work: redrawn in place on a terminal, a line every few iterations elsewhere. The thread that trains tells of iterations and stages, another one draws.
/// </summary>
/// <param name="console">Where it is shown.</param>
/// <param name="stop">Cancelled when the user asked the work to end early.</param>
internal sealed class TrainingDisplay(IAnsiConsole console, CancellationToken stop) : IProgress<TrainingIteration>, IProgress<TrainingStage>
{
    private const int LinesShown = 8;
    private const int PlainInterval = 10;
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Queue<TrainingIteration> _latest = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private volatile string _stage = "";
    private volatile string _note = "";
    private bool _isPlain;

    /// <summary>What is under way.</summary>
    internal string Stage
    {
        set
        {
            _stage = value;
            if (_isPlain) console.WriteLine($"{value}  elapsed {Elapsed}");
        }
    }

    /// <summary>Something else to be shown.</summary>
    internal string Note { set => _note = value; }

    private string Elapsed => Invariant($"{Stopwatch.GetElapsedTime(_start).TotalSeconds:0.0} s");

    public void Report(TrainingIteration value)
    {
        lock (_lock)
        {
            if (_latest.Count == LinesShown) _latest.Dequeue();
            _latest.Enqueue(value);
        }

        if (!_isPlain || value.Iteration % PlainInterval != 0) return;
        string[] cells = Row(value);
        console.WriteLine($"iteration {cells[0]}  loss {cells[1]}  damping {cells[2]}  gradient norm {cells[3]}  elapsed {Elapsed}");
    }

    public void Report(TrainingStage value)
    {
        Stage = value switch
        {
            TrainingStage.Evidence => "Choosing the kernels of the block by their evidence",
            TrainingStage.Solution => "Solving for the weights of the kernel block",
            TrainingStage.LastSteps => "Taking the last steps with all rows",
            _ => "Training the networks",
        };
    }

    /// <summary>Writes a line where nothing is redrawn.</summary>
    internal void WriteIfPlain(string line)
    {
        if (_isPlain) console.WriteLine(line);
    }

    /// <summary>Runs <paramref name="work"/>, which reports here, and shows it meanwhile.</summary>
    internal T Run<T>(Func<T> work)
    {
        _isPlain = !console.Profile.Out.IsTerminal || !console.Profile.Capabilities.Interactive;
        if (_isPlain) return work();
        Task<T> task = Task.Run(work);
        console.Live(Draw()).AutoClear(true).Start(context =>
        {
            while (!task.IsCompleted)
            {
                context.UpdateTarget(Draw());
                ((IAsyncResult)task).AsyncWaitHandle.WaitOne(RedrawInterval);
            }
        });
        return task.GetAwaiter().GetResult();
    }

    private Rows Draw()
    {
        Table table = new Table().RoundedBorder().AddColumns(Right("Iteration"), Right("Loss"), Right("Damping"), Right("Gradient norm"), Right("Gain ratio"));
        lock (_lock)
        {
            foreach (TrainingIteration iteration in _latest) table.AddRow(Row(iteration));
        }

        while (table.Rows.Count < LinesShown) table.AddRow("", "", "", "", "");
        string hint = stop.IsCancellationRequested ? "Ending early with the best weights so far; Ctrl+C again aborts" : "Ctrl+C ends early and keeps the best weights";
        string note = _note;
        return new Rows([table, new Markup($"[bold]{Markup.Escape(_stage)}[/]  elapsed {Elapsed}"), .. note.Length == 0 ? Array.Empty<Markup>() : [new Markup(Markup.Escape(note))], new Markup($"[grey]{hint}[/]")]);
    }

    private static string[] Row(TrainingIteration iteration) =>
    [
        iteration.Start == 0 ? Invariant($"{iteration.Iteration}") : Invariant($"{iteration.Iteration} (start {iteration.Start + 1})"),
        Invariant($"{iteration.Loss:0.000000E+0}"),
        iteration.Iteration == 0 ? "-" : Invariant($"{iteration.Damping:0.0E+0}"),
        Invariant($"{iteration.GradientNorm:0.0E+0}"),
        iteration.Iteration == 0 ? "-" : Invariant($"{iteration.GainRatio:0.000}"),
    ];

    private static TableColumn Right(string header) => new TableColumn(header).RightAligned().Width(13);
}
