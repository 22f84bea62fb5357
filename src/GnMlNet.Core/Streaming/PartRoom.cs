namespace GnMlNet.Core.Streaming;

/// <summary>Where the parts of large tables are kept in a process that makes them itself: in memory up to a limit, in temporary files beyond.</summary>
/// <param name="memoryBytes">The most bytes in memory.</param>
/// <param name="folder">The folder for temporary files.</param>
internal sealed class PartRoom(long memoryBytes, TemporaryFolder folder)
{
    private long _taken;

    /// <summary>Makes room for blocks.</summary>
    /// <param name="bytes">About how many bytes they take in all.</param>
    /// <param name="recordBytes">The bytes of a block.</param>
    /// <param name="stores">In how many stores they go.</param>
    /// <returns>What was taken of the memory, to be given back, and the stores.</returns>
    /// <exception cref="TemporaryFileException">The folder cannot be written to.</exception>
    internal (long Memory, RecordStore[] Stores) Take(long bytes, int recordBytes, int stores)
    {
        if (Interlocked.Add(ref _taken, bytes) <= memoryBytes) return (bytes, [.. Enumerable.Range(0, stores).Select(_ => new MemoryRecords(recordBytes))]);
        GiveBack(bytes);
        var files = new List<RecordStore>();
        try
        {
            for (int k = 0; k < stores; k++) files.Add(new FileRecords(recordBytes, folder));
            return (0, [.. files]);
        }
        catch
        {
            foreach (RecordStore file in files) file.Dispose();
            throw;
        }
    }

    /// <summary>Gives memory back.</summary>
    internal void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
