namespace GnMlNet.Core.Training;

/// <summary>Thrown before training starts where a problem does not fit into the memory it may have.</summary>
/// <param name="refusal">The figures.</param>
public sealed class MemoryRefusedException(MemoryRefusal refusal)
    : InvalidOperationException(refusal is null ? null : $"{refusal.Finding} {refusal.Advice(refusal.InPlainWords)}")
{
    /// <summary>The figures, for a message in other words.</summary>
    public MemoryRefusal Refusal { get; } = refusal;
}
