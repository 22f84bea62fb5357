using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Training;

/// <summary>The numbers of a network as bytes: its weights and its precisions.</summary>
internal static class MemberNumbers
{
    /// <summary>What bytes of another process are called, as the beginning of a message, and what to do where they are not valid.</summary>
    internal static StateReader Read(ReadOnlyMemory<byte> bytes, string name) => new(new MemoryStream(bytes.ToArray()), name, "It comes from another program, or was damaged on its way.");

    internal static byte[] Write(Action<StateWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new StateWriter(stream)) write(writer);
        return stream.ToArray();
    }

    internal static void WriteNetwork(this StateWriter writer, ReadOnlySpan<double> parameters, Evidence? evidence)
    {
        writer.Write(parameters.Length);
        writer.Write(parameters);
        writer.Write(evidence?.Precisions.Length ?? 0);
        writer.WriteEvidence(evidence);
    }

    /// <param name="reader">Where they are read from.</param>
    /// <param name="parameters">How many weights the network has.</param>
    /// <param name="inputs">d.</param>
    internal static (double[] Parameters, Evidence? Evidence) ReadNetwork(this StateReader reader, int parameters, int inputs)
    {
        reader.Check(reader.ReadCount(sizeof(double), "parameters") == parameters, "a network of another size");
        double[] numbers = reader.ReadFinite(parameters, "the parameters");
        int groups = reader.ReadCount(2 * sizeof(double), "precisions");
        reader.Check(groups == 0 || groups == inputs + 3, $"{groups} precisions for {inputs} inputs");
        return (numbers, reader.ReadEvidence(groups));
    }
}
