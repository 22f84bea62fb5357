using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace GnMlNet.Cli.Reading;

/// <summary>Reads the records of a text one by one, with their cells trimmed; blank lines are skipped.</summary>
internal abstract class RecordReader : IDisposable
{
    /// <summary>The number of the last line that was read, from 1.</summary>
    internal abstract int Line { get; }

    /// <summary>How many cells the record has.</summary>
    internal abstract int Count { get; }

    internal abstract string this[int index] { get; }

    /// <summary>Moves to the next record.</summary>
    internal abstract bool Read();

    /// <param name="text">The text; it is disposed of with the reader.</param>
    /// <param name="delimiter">Between two cells; a space means runs of spaces and tabs.</param>
    /// <param name="malformed">Told of the line and the text of a record with a malformed quoted cell.</param>
    internal static RecordReader Create(TextReader text, char delimiter, Action<int, string> malformed) =>
        delimiter == ' ' ? new Spaced(text, malformed) : new Delimited(text, delimiter, malformed);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    /// <summary>Cells between delimiters (RFC 4180).</summary>
    private sealed class Delimited(TextReader text, char delimiter, Action<int, string> malformed) : RecordReader
    {
        private readonly CsvParser _parser = new(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            TrimOptions = TrimOptions.Trim,
            BadDataFound = args => malformed(args.Context.Parser!.RawRow, args.RawRecord.Trim()),
        });

        internal override int Line => _parser.RawRow;

        internal override int Count => _parser.Count;

        internal override string this[int index] => _parser[index];

        internal override bool Read() => _parser.Read();

        protected override void Dispose(bool disposing) => _parser.Dispose();
    }

    /// <summary>Cells between runs of spaces and tabs; one in quotes may have spaces.</summary>
    private sealed class Spaced(TextReader text, Action<int, string> malformed) : RecordReader
    {
        private readonly List<string> _cells = [];
        private int _line;

        internal override int Line => _line;

        internal override int Count => _cells.Count;

        internal override string this[int index] => _cells[index];

        internal override bool Read()
        {
            _cells.Clear();
            while (_cells.Count == 0)
            {
                if (text.ReadLine() is not { } line) return false;
                _line++;
                Split(line);
            }

            return true;
        }

        protected override void Dispose(bool disposing) => text.Dispose();

        private void Split(string line)
        {
            ReadOnlySpan<char> rest = line.AsSpan().Trim();
            while (!rest.IsEmpty)
            {
                bool isQuoted = rest[0] == '"';
                int end = isQuoted ? rest[1..].IndexOf('"') + 1 : rest.IndexOfAny(' ', '\t');
                if (isQuoted && end == 0)
                {
                    malformed(_line, line);
                    isQuoted = false;
                }

                if (end <= 0) end = rest.Length;
                _cells.Add(rest[(isQuoted ? 1 : 0)..end].ToString());
                rest = rest[Math.Min(rest.Length, isQuoted ? end + 1 : end)..].TrimStart();
            }
        }
    }
}
