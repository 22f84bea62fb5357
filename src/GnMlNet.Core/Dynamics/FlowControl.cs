using GnMlNet.Core.Training;

namespace GnMlNet.Core.Dynamics;

/// <summary>How a caller watches the integration of a flow and ends it.</summary>
public sealed class FlowControl : RunControl<FlowPoint>
{
    /// <summary>What a run of <see cref="FlowTraining"/> is written down by, or null.</summary>
    public IFlowRecorder? Recorder { get; init; }
}
