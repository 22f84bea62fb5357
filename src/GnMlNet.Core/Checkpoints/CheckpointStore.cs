namespace GnMlNet.Core.Checkpoints;

/// <summary>Where a checkpoint is kept: a file, or what GnMlNet.Cluster makes. It always holds a whole one, the last that was written, or none.</summary>
public abstract class CheckpointStore
{
    internal CheckpointStore()
    {
    }

    /// <summary>What it is, as the beginning of a message.</summary>
    internal abstract string Name { get; }

    /// <summary>Whether it holds a checkpoint.</summary>
    /// <exception cref="IOException">It cannot be reached.</exception>
    public abstract bool Exists { get; }

    /// <summary>Writes a checkpoint, which takes the place of the one before once it is whole.</summary>
    /// <returns>Why that could not be done, as a sentence, or null.</returns>
    internal abstract string? TryWrite(Action<StateWriter> write);

    /// <summary>Reads the checkpoint.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be reached.</exception>
    internal abstract void Read(Action<StateReader> read);

    /// <summary>Deletes the checkpoint, and what is left of one that was not finished.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    internal abstract void Delete();
}
