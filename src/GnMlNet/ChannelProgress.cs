using System.Globalization;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;
using Microsoft.ML.Runtime;

namespace GnMlNet;

/// <summary>
/// Tells ML.NET of every iteration: its progress channel, the log (which progress channels do not reach), the caller's own listener;
/// and asks it whether training was cancelled.
/// </summary>
internal sealed class ChannelProgress : IProgress<TrainingIteration>, IProgress<TrainingStage>, IProgress<CheckpointNotice>, IDisposable
{
    // Iterations between two lines in the log.
    private const int LogInterval = 10;

    private readonly IHost _host;
    private readonly IChannel _channel;
    private readonly IProgressChannel _progress;
    private readonly IProgress<TrainingIteration>? _listener;
    private readonly IProgress<TrainingStage>? _stages;
    private readonly IProgress<CheckpointNotice>? _checkpoints;
    private TrainingIteration _latest;

    internal ChannelProgress(IHost host, IChannel channel, int maximumIterations, IProgress<TrainingIteration>? listener, IProgress<TrainingStage>? stages = null, IProgress<CheckpointNotice>? checkpoints = null)
    {
        _host = host;
        _channel = channel;
        _listener = listener;
        _stages = stages;
        _checkpoints = checkpoints;
        _progress = host.StartProgressChannel("Gauss-Newton training");
        _progress.SetHeader(new ProgressHeader(["loss", "damping", "gradient norm"], ["iterations"]), entry =>
        {
            entry.SetProgress(0, _latest.Iteration, maximumIterations);
            entry.SetMetric(0, _latest.Loss);
            entry.SetMetric(1, _latest.Damping);
            entry.SetMetric(2, _latest.GradientNorm);
        });
    }

    public void Report(TrainingIteration value)
    {
        _host.CheckAlive();
        _latest = value;
        _progress.Checkpoint(value.Loss, value.Damping, value.GradientNorm, value.Iteration);
        if (value.Iteration % LogInterval == 0) _channel.Info(Describe(value));
        _listener?.Report(value);
    }

    public void Report(TrainingStage value)
    {
        _host.CheckAlive();
        _channel.Info(value switch
        {
            TrainingStage.Evidence => "Choosing the kernels of the block by their evidence.",
            TrainingStage.Solution => "Solving for the output weights of the block.",
            TrainingStage.LastSteps => "Taking the last steps with all rows.",
            _ => "Training the networks.",
        });
        _stages?.Report(value);
    }

    public void Report(CheckpointNotice value)
    {
        if (value.Event == CheckpointEvent.Failed) _channel.Warning(value.ToString());
        else _channel.Info(value.ToString());
        _checkpoints?.Report(value);
    }

    public void Dispose() => _progress.Dispose();

    /// <summary>Logs in which form the steps were computed and why training ended.</summary>
    internal void ReportEnd(StepFormChoice stepForm, Termination termination) => _channel.Info($"Steps: {stepForm}. Training ended by {termination}. {Describe(_latest)}");

    private static string Describe(TrainingIteration value) => string.Create(
        CultureInfo.InvariantCulture,
        $"Start {value.Start}, iteration {value.Iteration}: loss {value.Loss:G6}, damping {value.Damping:G3}, gradient norm {value.GradientNorm:G3}.");
}
