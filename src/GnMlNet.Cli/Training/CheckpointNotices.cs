using GnMlNet.Cli.Output;
using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Cli.Training;

/// <summary>What happened to the checkpoints of a training: shown while it lasts, and what went wrong told at its end.</summary>
/// <param name="display">Shows it.</param>
internal sealed class CheckpointNotices(TrainingDisplay display) : IProgress<CheckpointNotice>
{
    /// <summary>The longest interval: a year.</summary>
    internal const double MostSeconds = 365 * 86_400;

    private string? _failure, _leftover;

    /// <summary>Whether the last checkpoint could be written, if there was one.</summary>
    internal bool IsWhole { get; private set; }

    public void Report(CheckpointNotice value)
    {
        IsWhole = value.Event is CheckpointEvent.Written or CheckpointEvent.Resumed;
        if (value.Event == CheckpointEvent.Failed) _failure = value.Failure;
        display.Note = value.Event == CheckpointEvent.Written ? Invariant($"Last checkpoint: iteration {value.Iteration}") : value.ToString();
        if (value.Event != CheckpointEvent.Written) display.WriteIfPlain(value.ToString());
    }

    /// <summary>That the checkpoint could not be deleted when the model was saved.</summary>
    internal void StaysBehind(string path, Exception error) =>
        _leftover = $"The model is saved, but the checkpoint '{path}', which nothing needs any more, could not be deleted: {error.Message.TrimEnd('.')}.";

    /// <summary>Tells of the last checkpoint that could not be written, and of one that could not be deleted.</summary>
    internal void WriteFailures(TextWriter errors)
    {
        foreach (string? failure in new[] { _failure, _leftover })
        {
            if (failure is not null) errors.WriteLine($"gnml: {failure}");
        }
    }
}
