namespace GnMlNet.Core.Streaming;

/// <summary>Thrown where the rows of a part are others than those that training began with.</summary>
/// <param name="part">The part.</param>
internal sealed class ChangedRowsException(int part) : Exception($"The rows of part {part} are others than those that training began with.")
{
    /// <summary>The part.</summary>
    internal int Part => part;
}
