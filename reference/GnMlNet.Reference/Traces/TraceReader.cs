namespace GnMlNet.Reference.Traces;

/// <summary>Reads a trace file. It shares no code with what writes one.</summary>
public static class TraceReader
{
    /// <summary>What the file calls itself.</summary>
    public const string Format = "gnmlnet-trace";

    /// <summary>Reads and checks lines.</summary>
    /// <param name="lines">The lines of a trace file.</param>
    /// <param name="name">What to call the file in messages.</param>
    /// <exception cref="FormatException">The lines are no trace, or something in them does not fit; the message names the line and what is wrong.</exception>
    public static RecordedRun Read(IEnumerable<string> lines, string name)
    {
        RecordedRun? run = null;
        var rows = new List<RecordedRow>();
        var iterates = new List<RecordedIterate>();
        IterateReader? reader = null;
        int number = 0;
        using var hash = new TraceHash();
        foreach (string text in lines)
        {
            number++;
            hash.Add(text);
            if (string.IsNullOrWhiteSpace(text)) continue;
            var line = new TraceLine(name, number, text);
            if (run is null)
            {
                run = TraceHeader.Read(line);
            }
            else if (line.Has("row"))
            {
                if (iterates.Count > 0) throw line.Error("a row behind the iterates");
                if (line.Integer("row") != rows.Count) throw line.Error($"row {line.Integer("row")} where row {rows.Count} was expected");
                rows.Add(new RecordedRow(line.Vector("x", run.Inputs), line.Number("y"), line.Positive("weight")));
            }
            else
            {
                reader ??= new IterateReader(run, rows.Count);
                iterates.Add(reader.Read(line));
            }
        }

        if (run is null) throw new FormatException($"{name}: the file is empty; line 1 must be the header of a trace.");
        if (rows.Count == 0) throw new FormatException($"{name}: there are no rows.");
        if (iterates.Count == 0) throw new FormatException($"{name}: there are no iterates.");
        return run with { Rows = rows, Iterates = iterates, TraceHash = hash.Value() };
    }
}
