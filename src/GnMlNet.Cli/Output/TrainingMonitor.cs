using System.Diagnostics;
using GnMlNet.Core.Training;

namespace GnMlNet.Cli.Output;

/// <summary>The state of a training job, written by the thread that trains and read by the one that draws.</summary>
internal sealed class TrainingMonitor : IProgress<TrainingIteration>
{
    private readonly Lock _lock = new();
    private readonly Queue<TrainingIteration> _latest = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private volatile string _stage = "";

    /// <summary>How many of the latest iterations are kept.</summary>
    internal const int Kept = 8;

    internal TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    internal string Stage
    {
        get => _stage;
        set => _stage = value;
    }

    internal TrainingIteration[] Latest
    {
        get
        {
            lock (_lock) return [.. _latest];
        }
    }

    /// <summary>Told of every iteration after it was recorded, on the thread that trains.</summary>
    internal Action<TrainingIteration>? OnIteration { get; set; }

    public void Report(TrainingIteration value)
    {
        lock (_lock)
        {
            if (_latest.Count == Kept) _latest.Dequeue();
            _latest.Enqueue(value);
        }

        OnIteration?.Invoke(value);
    }
}
