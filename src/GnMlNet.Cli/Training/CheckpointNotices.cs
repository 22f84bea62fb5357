using GnMlNet.Cli.Output;
using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Cli.Training;

/// <summary>What happened to the checkpoints of a training: shown while it lasts, and what went wrong told at its end.</summary>
/// <param name="display">Shows it.</param>
internal sealed class CheckpointNotices(TrainingDisplay display) : IProgress<CheckpointNotice>
{
    /// <summary>The longest interval: a year.</summary>
    internal const double MostSeconds = 365 * 86_400;

    private CheckpointNotice? _failure;

    /// <summary>Whether the last checkpoint could be written, if there was one.</summary>
    internal bool IsWhole { get; private set; }

    public void Report(CheckpointNotice value)
    {
        IsWhole = value.Event is CheckpointEvent.Written or CheckpointEvent.Resumed;
        if (value.Event == CheckpointEvent.Failed) _failure = value;
        display.Note = value.Event == CheckpointEvent.Written ? Invariant($"Last checkpoint: iteration {value.Iteration}") : value.ToString();
        if (value.Event != CheckpointEvent.Written) display.WriteIfPlain(value.ToString());
    }

    /// <summary>Tells of the last checkpoint that could not be written.</summary>
    internal void WriteFailures(TextWriter errors)
    {
        if (_failure is { } failure) errors.WriteLine($"gnml: {failure.Failure}");
    }
}
