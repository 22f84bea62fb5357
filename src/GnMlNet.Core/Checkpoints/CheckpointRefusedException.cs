namespace GnMlNet.Core.Checkpoints;

/// <summary>Thrown before training starts where a checkpoint is of another table, of other options, or of another kind of machine.</summary>
/// <param name="refusal">What differs.</param>
public sealed class CheckpointRefusedException(CheckpointRefusal refusal)
    : InvalidOperationException(refusal?.Explain((name, value) => $"{name} = {value}"))
{
    /// <summary>What differs, for a message in other words.</summary>
    public CheckpointRefusal Refusal { get; } = refusal!;
}
