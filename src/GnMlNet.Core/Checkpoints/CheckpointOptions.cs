namespace GnMlNet.Core.Checkpoints;

/// <summary>Where training keeps checkpoints, from which it goes on after an interruption with the same bits. Immutable.</summary>
public sealed record CheckpointOptions
{
    /// <summary>
    /// The file: each checkpoint takes the place of the one before, whole or not at all. It stays when training has ended: whoever has saved the model deletes it (<see cref="Delete"/>). A file that is there already is refused
    /// unless <see cref="Resume"/> is set. While one is written, or where the process was killed meanwhile, a file of this name with <c>.partial</c> behind it lies beside it.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Where it is kept in place of a file, such as a <c>ClusterCheckpoint</c> of GnMlNet.Cluster; <see cref="Path"/> is then what messages call it. Null: the file.</summary>
    public CheckpointStore? Store { get; init; }

    /// <summary>How much time passes from one checkpoint to the next, at least 0; with 0 there is one after every iteration.</summary>
    public TimeSpan Interval { get; init; } = DefaultInterval;

    /// <summary>Whether training goes on from the checkpoint; where there is none it begins, so that the same program can be run again until it has come to its end.</summary>
    public bool Resume { get; init; }

    /// <summary>
    /// Told, on the thread that trains, of every checkpoint that is written, gone on from, or could not be written, which does not end training. Null: one that cannot be written ends training with an <see cref="IOException"/>.
    /// </summary>
    public IProgress<CheckpointNotice>? Progress { get; init; }

    /// <summary>Choices of the caller that change the run beside those that training knows of, such as how rows were split, by name; a checkpoint with others is refused.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The default of <see cref="Interval"/>: a minute.</summary>
    public static TimeSpan DefaultInterval => TimeSpan.FromMinutes(1);

    /// <summary>Deletes the checkpoint, and what is left of one that was not finished; for when the model is saved. Where there is none nothing happens.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be deleted.</exception>
    public void Delete()
    {
        if (Store is null) CheckpointFile.Delete(Path);
        else Store.Delete();
    }

    /// <summary>Throws when an option is out of its range.</summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The interval is negative.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Path);
        ArgumentNullException.ThrowIfNull(Settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(Interval, TimeSpan.Zero);
    }
}
