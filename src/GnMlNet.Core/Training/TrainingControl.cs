using GnMlNet.Core.Traces;

namespace GnMlNet.Core.Training;

/// <summary>How a caller watches training and ends it.</summary>
public sealed class TrainingControl
{
    /// <summary>Told of every iteration, on the thread that trains; an exception it throws ends training and reaches the caller.</summary>
    public IProgress<TrainingIteration>? Progress { get; init; }

    /// <summary>Where the run is written down, or null for nowhere. With several starts all of them are.</summary>
    public TraceWriter? Trace { get; init; }

    /// <summary>When cancelled, training ends after the iteration under way, keeps the best parameters and returns them as its result.</summary>
    public CancellationToken StopToken { get; init; }

    /// <summary>When cancelled, training throws <see cref="OperationCanceledException"/> within one iteration.</summary>
    public CancellationToken CancellationToken { get; init; }
}
