using Orleans.Storage;

namespace GnMlNet.Cluster.Storage;

/// <summary>The pieces of a checkpoint in a grain storage, each under a name. Whoever writes over a piece that somebody else has written since it was seen here is told.</summary>
/// <param name="storage">The storage.</param>
/// <param name="checkpoint">What the names of its pieces begin with.</param>
/// <param name="place">What the storage is, as the beginning of a message.</param>
internal sealed class StoredPieces(IGrainStorage storage, string checkpoint, string place)
{
    private const string GrainKind = "checkpoint", StateKind = "bytes";

    // What is known of pieces, without their bytes.
    private readonly Dictionary<string, GrainState<StoredBytes>> _seen = [];

    /// <summary>Why a checkpoint is not written over.</summary>
    internal static string WrittenByAnother(string place) => $"{place} holds one that another training has written meanwhile";

    /// <summary>The bytes of a piece, or null where it is not there.</summary>
    /// <exception cref="IOException">The storage cannot be reached.</exception>
    internal async Task<byte[]?> Read(string name)
    {
        GrainState<StoredBytes> piece = await See(name).ConfigureAwait(false);
        byte[]? bytes = piece.RecordExists ? piece.State?.Bytes : null;
        piece.State = new StoredBytes();
        return bytes;
    }

    /// <summary>Writes a piece, over the one that is there.</summary>
    /// <exception cref="IOException">The storage cannot be reached, or somebody else writes to the same checkpoint.</exception>
    internal async Task Write(string name, byte[] bytes)
    {
        GrainState<StoredBytes> piece = _seen.TryGetValue(name, out GrainState<StoredBytes>? seen) ? seen : await See(name).ConfigureAwait(false);
        piece.State = new StoredBytes { Bytes = bytes };
        await Ask(name, () => storage.WriteStateAsync(StateKind, Id(name), piece)).ConfigureAwait(false);
        piece.State = new StoredBytes();
    }

    /// <summary>Deletes a piece.</summary>
    /// <exception cref="IOException">The storage cannot be reached, or somebody else writes to the same checkpoint.</exception>
    internal async Task Delete(string name)
    {
        GrainState<StoredBytes> piece = _seen.TryGetValue(name, out GrainState<StoredBytes>? seen) ? seen : await See(name).ConfigureAwait(false);
        if (piece.RecordExists) await Ask(name, () => storage.ClearStateAsync(StateKind, Id(name), piece)).ConfigureAwait(false);
        _seen.Remove(name);
    }

    private async Task<GrainState<StoredBytes>> See(string name)
    {
        var piece = new GrainState<StoredBytes>(new StoredBytes());
        await Ask(name, () => storage.ReadStateAsync(StateKind, Id(name), piece)).ConfigureAwait(false);
        return _seen[name] = piece;
    }

    // What a storage throws is its own; whether what it was asked for was done is unknown then.
    private async Task Ask(string name, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (InconsistentStateException error)
        {
            _seen.Remove(name);
            throw new IOException(WrittenByAnother(place), error);
        }
        catch (Exception error)
        {
            _seen.Remove(name);
            throw new IOException($"{place} does not answer ({error.GetType().Name})", error);
        }
    }

    private GrainId Id(string name) => GrainId.Create(GrainKind, $"{checkpoint}/{name}");
}
