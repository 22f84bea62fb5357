using GnMlNet.Core.Dynamics;

namespace GnMlNet.Cli.Output;

/// <summary>The progress of a flow as shares of the time it is integrated for.</summary>
/// <param name="duration">The time at which it ends.</param>
/// <param name="advance">Told of every further share, on the thread that integrates.</param>
internal sealed class FlowProgress(double duration, Action<double> advance) : IProgress<FlowPoint>
{
    private double _reached;

    public void Report(FlowPoint value)
    {
        advance((value.Time - _reached) / duration);
        _reached = value.Time;
    }
}
