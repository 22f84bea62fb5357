namespace GnMlNet.Core.Streaming;

/// <summary>Neighbouring parts that were made together.</summary>
/// <param name="first">The first part.</param>
/// <param name="layout">How they lie in blocks; its part 0 is the first one.</param>
/// <param name="stores">Their blocks in every map.</param>
/// <param name="memoryBytes">What they take of the memory for rows.</param>
internal sealed class PartRun(int first, TableLayout layout, RecordStore[] stores, long memoryBytes) : IDisposable
{
    /// <summary>The first part.</summary>
    internal int First => first;

    /// <summary>The part behind the last.</summary>
    internal int End => first + layout.PartCount;

    /// <summary>How they lie in blocks; its part 0 is <see cref="First"/>.</summary>
    internal TableLayout Layout => layout;

    /// <summary>What they take of the memory for rows.</summary>
    internal long MemoryBytes => memoryBytes;

    /// <summary>How many look at it now.</summary>
    internal int Users { get; set; }

    /// <summary>When it was last asked for, as its owner counts.</summary>
    internal long LastUsed { get; set; }

    /// <summary>The blocks in a map.</summary>
    internal RecordStore Store(int map) => stores[map];

    public void Dispose()
    {
        foreach (RecordStore store in stores) store.Dispose();
    }
}
