using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Cli.Internals;

/// <summary>Values that one process of <c>gnml</c> tells another, as bytes.</summary>
internal static class CheckedBytes
{
    /// <summary>Writes values.</summary>
    internal static byte[] Write(Action<Writer> write)
    {
        var stream = new MemoryStream();
        using var writer = new StateWriter(stream);
        write(new Writer(writer));
        return stream.ToArray();
    }

    /// <summary>Reads values in the order in which they were written. Every number is checked, and every length with what is left before anything is made of it.</summary>
    /// <param name="bytes">All of them.</param>
    /// <param name="name">What they are, as the beginning of a message.</param>
    /// <param name="read">Reads them.</param>
    /// <exception cref="FormatException">They are something else.</exception>
    internal static T Read<T>(ReadOnlyMemory<byte> bytes, string name, Func<Reader, T> read)
    {
        using var reader = new StateReader(new MemoryStream(bytes.ToArray()), name, "Train again.");
        T value = read(new Reader(reader));
        reader.End();
        return value;
    }

    /// <summary>Writes them.</summary>
    internal sealed class Writer
    {
        private readonly StateWriter _writer;

        internal Writer(StateWriter writer) => _writer = writer;

        internal void Write(bool value) => _writer.Write(value);

        internal void Write(int value) => _writer.Write(value);

        internal void Write(long value) => _writer.Write(value);

        internal void Write(string value) => _writer.Write(value);

        internal void Write(byte[] value) => _writer.WriteCounted(value);

        internal void Write(IReadOnlyList<string> values)
        {
            _writer.Write(values.Count);
            foreach (string value in values) _writer.Write(value);
        }
    }

    /// <summary>Reads them.</summary>
    internal sealed class Reader
    {
        private readonly StateReader _reader;

        internal Reader(StateReader reader) => _reader = reader;

        internal bool ReadBoolean(string what) => _reader.ReadBoolean(what);

        internal int ReadInt32(int least, int most, string what) => _reader.ReadInt32(least, most, what);

        internal long ReadInt64(long least, long most, string what) => _reader.ReadInt64(least, most, what);

        internal string ReadText(string what) => _reader.ReadText(what);

        /// <summary>How many there are of something that takes at least so many bytes each.</summary>
        internal int ReadCount(int bytesOfEach, string what) => _reader.ReadCount(bytesOfEach, what);

        internal byte[] ReadBytes(string what) => _reader.ReadCounted(what);

        internal string[] ReadTexts(string what)
        {
            string[] texts = new string[_reader.ReadCount(sizeof(int), what)];
            for (int k = 0; k < texts.Length; k++) texts[k] = _reader.ReadText(what);
            return texts;
        }

        /// <summary>Throws where something does not hold.</summary>
        internal void Check(bool holds, string what) => _reader.Check(holds, what);
    }
}
