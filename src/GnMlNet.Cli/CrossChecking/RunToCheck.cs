using GnMlNet.Cli.Internals;
using GnMlNet.Core.Traces;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>A run that is to be checked.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="File">What its files are called.</param>
/// <param name="Record">Makes it, when it is its turn.</param>
/// <param name="Computed">What the fast path computes at its iterates.</param>
internal sealed record RunToCheck(string Name, string File, Func<RecordedRun> Record, Func<RecordedRun, Func<RecordedIterate, ComputedValues>> Computed)
{
    internal RunToCheck(string name, string file, Func<RecordedRun> record) : this(name, file, record, FastPath.Of)
    {
    }

    /// <param name="name">What it is called.</param>
    /// <param name="file">What its files are called.</param>
    /// <param name="run">Makes the run and writes it down, which is read as if it had been written to a file.</param>
    internal RunToCheck(string name, string file, Action<TraceWriter> run) : this(name, file, () => Replayed(name, run))
    {
    }

    /// <summary>A run that was written to a file.</summary>
    internal static RunToCheck OfFile(InputFile file) => new(Path.GetFileName(file.Name), Path.GetFileNameWithoutExtension(file.Name), () =>
    {
        using var reader = new StreamReader(file.OpenStream());
        return TraceReader.Read(Lines(reader), file.Name);
    });

    private static RecordedRun Replayed(string name, Action<TraceWriter> run)
    {
        var stream = new MemoryStream();
        using (var trace = new TraceWriter(stream) { WithSpectrum = true }) run(trace);
        stream.Position = 0;
        using var reader = new StreamReader(stream);
        return TraceReader.Read(Lines(reader), name);
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line) yield return line;
    }
}
