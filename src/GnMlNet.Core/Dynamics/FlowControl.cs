using GnMlNet.Core.Traces;

namespace GnMlNet.Core.Dynamics;

/// <summary>How a caller watches the integration of a flow and ends it.</summary>
public sealed record FlowControl
{
    /// <summary>Told of every recorded point, on the thread that integrates; an exception it throws ends integration and reaches the caller.</summary>
    public IProgress<FlowPoint>? Progress { get; init; }

    /// <summary>Where a run of <see cref="Training.FlowTraining"/> is written down, or null for nowhere.</summary>
    public TraceWriter? Trace { get; init; }

    /// <summary>When cancelled, integration ends after the step under way and returns what it has.</summary>
    public CancellationToken StopToken { get; init; }

    /// <summary>When cancelled, integration throws <see cref="OperationCanceledException"/> within one step.</summary>
    public CancellationToken CancellationToken { get; init; }
}
