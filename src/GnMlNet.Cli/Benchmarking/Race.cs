using System.Diagnostics;
using System.Globalization;
using GnMlNet.Core.Training;

namespace GnMlNet.Cli.Benchmarking;

/// <summary>
/// The training loop that every user gets, on a <see cref="RacingProblem"/>: no penalty, no early stop. The clocks start with the data in memory and the
/// code compiled and optimized, which a run before it sees to.
/// </summary>
internal static class Race
{
    // The runtime optimizes a method after 30 calls and some tenths of a second.
    private const double WarmUpSeconds = 1.5;

    /// <summary>Where training stood after an iteration.</summary>
    /// <param name="Iteration">From 0, the starting point.</param>
    /// <param name="WallSeconds">Seconds since the start.</param>
    /// <param name="CpuSeconds">Seconds of all threads since the start.</param>
    /// <param name="SumOfSquares">The loss.</param>
    internal readonly record struct Lap(int Iteration, double WallSeconds, double CpuSeconds, double SumOfSquares);

    /// <summary>Runs until the seconds of processor time are used up or no step lowers the loss.</summary>
    internal static IReadOnlyList<Lap> Run(RacingProblem problem, double seconds, int threads)
    {
        TrainingOptions options = new()
        {
            Run = new RunOptions { HiddenUnits = problem.Start.Shape.HiddenSize, Threads = threads },
            Biases = problem.Start.Shape.HasBiases,
            TrainOutputLayer = problem.TrainsOutputLayer,
            Standardize = false,
            Penalty = 0,
            MaximumIterations = int.MaxValue,
            GradientTolerance = 0,
            StepTolerance = 0,
            LossTolerance = 0,
        };
        Run(problem, options, WarmUpSeconds);
        GC.Collect();
        return Run(problem, options, seconds);
    }

    private static List<Lap> Run(RacingProblem problem, TrainingOptions options, double seconds)
    {
        using var timeIsUp = new CancellationTokenSource();
        var recorder = new Recorder(problem.Data.RowCount, seconds, timeIsUp);
        NetworkTraining.Train(problem.Data, options, initial: problem.Start, control: new TrainingControl { Progress = recorder, StopToken = timeIsUp.Token });
        return recorder.Laps;
    }

    /// <summary>Writes one line a lap: iteration, wall seconds, processor seconds, sum of squares.</summary>
    internal static void Write(TextWriter output, IEnumerable<Lap> laps)
    {
        foreach (Lap lap in laps)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lap.Iteration},{lap.WallSeconds:F6},{lap.CpuSeconds:F6},{lap.SumOfSquares:G10}"));
    }

    private sealed class Recorder(int rows, double seconds, CancellationTokenSource timeIsUp) : IProgress<TrainingIteration>
    {
        private readonly Stopwatch _wall = Stopwatch.StartNew();
        private readonly TimeSpan _cpuStart = Environment.CpuUsage.TotalTime;

        internal List<Lap> Laps { get; } = [];

        public void Report(TrainingIteration iteration)
        {
            double cpu = (Environment.CpuUsage.TotalTime - _cpuStart).TotalSeconds;
            Laps.Add(new Lap(iteration.Iteration, _wall.Elapsed.TotalSeconds, cpu, iteration.MeanSquaredError * rows));
            if (cpu >= seconds) timeIsUp.Cancel();
        }
    }
}
