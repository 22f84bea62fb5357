namespace GnMlNet.Core.Training;

/// <summary>How a caller watches a run and ends it.</summary>
/// <typeparam name="T">What is reported: an iteration of training, or a recorded point of a flow.</typeparam>
public abstract class RunControl<T>
{
    private protected RunControl()
    {
    }

    /// <summary>Told of every iteration or recorded point, on the thread that runs; an exception it throws ends the run and reaches the caller.</summary>
    public IProgress<T>? Progress { get; init; }

    /// <summary>When cancelled, the run ends after the step under way and returns the best that it has.</summary>
    public CancellationToken StopToken { get; init; }

    /// <summary>When cancelled, the run throws <see cref="OperationCanceledException"/> within one step.</summary>
    public CancellationToken CancellationToken { get; init; }
}
