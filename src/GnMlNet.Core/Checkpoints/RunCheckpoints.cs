using System.Diagnostics;

namespace GnMlNet.Core.Checkpoints;

/// <summary>The checkpoints of one run: goes on from the one that is there, and writes others when they are due.</summary>
internal sealed class RunCheckpoints
{
    // A change of what is written, or of the bits that training computes, gets a new number.
    private const int FormatVersion = 1;

    private readonly CheckpointOptions _options;
    private readonly CheckpointStore _store;
    private readonly RunOrigin _origin;
    private readonly bool _isThere;
    private long _last = Stopwatch.GetTimestamp();

    private RunCheckpoints(CheckpointOptions options, RunOrigin origin)
    {
        (_options, _origin, _store) = (options, origin, options.Store ?? new CheckpointFile(options.Path));
        _isThere = _store.Exists;
        if (!_isThere) return;
        if (!options.Resume) throw new IOException($"{_store.Name} is there already. Go on from it, or remove it to begin anew.");
        _store.Read(CheckOrigin);
    }

    /// <summary>Prepares the checkpoints of a run, or none where none are asked for.</summary>
    /// <param name="options">What is asked for, or null.</param>
    /// <param name="origin">What the run is of; takes the settings of the caller.</param>
    /// <exception cref="CheckpointRefusedException">The checkpoint that is there is of another run.</exception>
    /// <exception cref="FormatException">It is damaged, or of another version of the format.</exception>
    /// <exception cref="IOException">It may not be overwritten, or none can be written there.</exception>
    internal static RunCheckpoints? Of(CheckpointOptions? options, Func<IEnumerable<(string Name, string Value)>, RunOrigin> origin)
    {
        if (options is null) return null;
        options.Validate();
        return new RunCheckpoints(options, origin(options.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => (setting.Key, setting.Value))));
    }

    /// <summary>Whether a checkpoint is due, now that all is at rest.</summary>
    internal bool IsDue => Stopwatch.GetElapsedTime(_last) >= _options.Interval;

    /// <summary>Reads the state to go on from, where there is one.</summary>
    /// <param name="read">Reads what the writer of the state wrote; returns the iteration.</param>
    /// <returns>Whether there is one.</returns>
    internal bool TryResume(Func<StateReader, int> read)
    {
        if (!_isThere)
        {
            if (_options.Resume) Tell(CheckpointEvent.NoneYet, iteration: 0);
            return false;
        }

        int iteration = 0;
        _store.Read(reader =>
        {
            CheckOrigin(reader);
            iteration = read(reader);
            reader.End();
        });
        Tell(CheckpointEvent.Resumed, iteration);
        _last = Stopwatch.GetTimestamp();
        return true;
    }

    /// <summary>Throws where a choice that is known only in the course of the run is another than that of the run that a state is from.</summary>
    internal void Agree(StateReader reader, string name, string present)
    {
        string recorded = reader.ReadText(name);
        if (recorded != present) throw new CheckpointRefusedException(new CheckpointRefusal(_options.Path, name, recorded, present));
    }

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="iteration">The iteration.</param>
    /// <param name="write">Writes the state.</param>
    /// <exception cref="IOException">It could not be written, and nobody listens to that.</exception>
    internal void Write(int iteration, Action<StateWriter> write)
    {
        string? failure = _store.TryWrite(writer =>
        {
            writer.Write(FormatVersion);
            _origin.Write(writer);
            write(writer);
        });
        if (failure is not null && _options.Progress is null) throw new IOException(new CheckpointNotice(CheckpointEvent.Failed, _options.Path, iteration, failure).Failure);
        Tell(failure is null ? CheckpointEvent.Written : CheckpointEvent.Failed, iteration, failure);
        // How long writing takes is no part of the interval.
        _last = Stopwatch.GetTimestamp();
    }

    private void CheckOrigin(StateReader reader)
    {
        int version = reader.ReadInt32(int.MinValue, int.MaxValue, "its format");
        reader.Check(version == FormatVersion, FormattableString.Invariant($"its format is {version}; this version of GnMlNet reads format {FormatVersion}"));
        if (RunOrigin.Read(reader).Difference(_origin, _options.Path) is { } refusal) throw new CheckpointRefusedException(refusal);
    }

    private void Tell(CheckpointEvent what, int iteration, string? reason = null) => _options.Progress?.Report(new CheckpointNotice(what, _options.Path, iteration, reason));
}
