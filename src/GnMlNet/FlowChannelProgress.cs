using System.Globalization;
using GnMlNet.Core.Dynamics;
using Microsoft.ML.Runtime;

namespace GnMlNet;

/// <summary>Tells ML.NET of every recorded point of a flow: its progress channel, the log now and then, the caller's own listener; and asks it whether training was cancelled.</summary>
internal sealed class FlowChannelProgress : IProgress<FlowPoint>, IDisposable
{
    // Lines in the log from the start to the end of the duration.
    private const int LogLines = 20;

    private readonly IHost _host;
    private readonly IChannel _channel;
    private readonly IProgressChannel _progress;
    private readonly double _duration;
    private readonly IProgress<FlowPoint>? _listener;
    private FlowPoint _latest;
    private int _linesWritten;

    internal FlowChannelProgress(IHost host, IChannel channel, double duration, IProgress<FlowPoint>? listener)
    {
        (_host, _channel, _duration, _listener) = (host, channel, duration, listener);
        _progress = host.StartProgressChannel("Gauss-Newton flow");
        _progress.SetHeader(new ProgressHeader(["loss", "Riemannian gradient norm"], ["time"]), entry =>
        {
            entry.SetProgress(0, _latest.Time, duration);
            entry.SetMetric(0, _latest.Loss);
            entry.SetMetric(1, _latest.RiemannianGradientNorm);
        });
    }

    public void Report(FlowPoint value)
    {
        _host.CheckAlive();
        _latest = value;
        _progress.Checkpoint(value.Loss, value.RiemannianGradientNorm, value.Time);
        if (value.Time >= _duration * _linesWritten / LogLines)
        {
            _channel.Info(Describe(value));
            _linesWritten++;
        }

        _listener?.Report(value);
    }

    public void Dispose() => _progress.Dispose();

    /// <summary>Logs in which form the directions were computed and why integration ended.</summary>
    internal void Report(FlowTrainingResult result)
    {
        _channel.Info($"Steps: {result.StepForm}. The flow ended by {result.Trajectory.End}. {Describe(_latest)}");
        if (result.Trajectory.RankLossTime is { } time)
            _channel.Warning(string.Create(CultureInfo.InvariantCulture, $"H became rank-deficient at time {time:G6}: raise the damping or the scaling factor."));
    }

    private static string Describe(FlowPoint value) =>
        string.Create(CultureInfo.InvariantCulture, $"Time {value.Time:G6}: loss {value.Loss:G6}, Riemannian gradient norm {value.RiemannianGradientNorm:G3}, distance {value.Distance:G3}.");
}
