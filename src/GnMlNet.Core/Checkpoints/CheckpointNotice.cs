namespace GnMlNet.Core.Checkpoints;

/// <summary>That something happened to a checkpoint.</summary>
/// <param name="Event">What.</param>
/// <param name="Path">The file, or what the checkpoint is called.</param>
/// <param name="Iteration">The iteration that it is of.</param>
/// <param name="Reason">With <see cref="CheckpointEvent.Failed"/>: why it could not be written; null otherwise.</param>
public readonly record struct CheckpointNotice(CheckpointEvent Event, string Path, int Iteration, string? Reason = null)
{
    /// <summary>One sentence for people.</summary>
    public override string ToString() => Event switch
    {
        CheckpointEvent.NoneYet => $"There is no checkpoint '{Path}' yet: training begins.",
        CheckpointEvent.Resumed => $"Training goes on from the checkpoint '{Path}' of iteration {Iteration}.",
        CheckpointEvent.Written => $"Checkpoint '{Path}' of iteration {Iteration} written.",
        _ => $"{Failure} Training goes on; the checkpoint before, if there is one, is as it was.",
    };

    /// <summary>That it could not be written, and why.</summary>
    public string Failure => $"The checkpoint '{Path}' of iteration {Iteration} could not be written: {Reason?.TrimEnd('.')}.";
}
