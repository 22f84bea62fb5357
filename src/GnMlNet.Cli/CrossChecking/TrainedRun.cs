using GnMlNet.Cli.Tables;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Traces;
using GnMlNet.Core.Training;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>Runs that are made on the spot, recorded as if their traces had been written to a file and read again.</summary>
internal static class TrainedRun
{
    internal static RecordedRun Training(FlowTable table, TrainingOptions options) =>
        Record("training", trace => NetworkTraining.Train(table.Raw, options, control: new TrainingControl { Recorder = trace }));

    internal static RecordedRun Flow(FlowTable table, FlowTrainingOptions options) =>
        Record("flow", trace => FlowTraining.Train(table.Rows, options, new FlowControl { Recorder = trace }));

    private static RecordedRun Record(string name, Action<TraceWriter> run)
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
