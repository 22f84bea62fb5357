using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Training;

/// <summary>What a silo answers to a <see cref="MemberRequest"/>, as bytes: whether it has the member, and behind that what was wanted.</summary>
internal static class MemberAnswer
{
    private const string Name = "What a silo answered about a member";

    /// <summary>The silo does not have the member: it was started anew, or another one had it so far.</summary>
    internal static byte[] Unknown { get; } = MemberNumbers.Write(writer => writer.Write(false));

    /// <summary>Where a member is.</summary>
    /// <param name="member">The member.</param>
    /// <param name="withState">Whether its state goes with it.</param>
    internal static byte[] Report(MemberTraining member, bool withState) => Write(writer =>
    {
        writer.WriteHistory([member.Latest]);
        NetworkMember current = member.Current();
        writer.WriteNetwork(current.Network.Parameters, current.Evidence);
        writer.WriteCounted(withState ? member.SaveState() : []);
    });

    /// <summary>The leverage of a kept network.</summary>
    internal static byte[] Leverage(double noiseVariance, double[] leftOut, Leverage? kept) => Write(writer =>
    {
        writer.Write(noiseVariance);
        writer.Write(leftOut.Length);
        writer.Write(leftOut);
        WriteTriangle(writer, kept);
    });

    /// <summary>A network after its last steps.</summary>
    internal static byte[] Finished(NetworkMember network) => Write(writer =>
    {
        writer.WriteNetwork(network.Network.Parameters, network.Evidence);
        WriteTriangle(writer, network.Leverage);
    });

    /// <summary>Reads an answer, where the silo has the member.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static bool TryRead(byte[] answer, Action<StateReader> read)
    {
        using StateReader reader = MemberNumbers.Read(answer, Name);
        if (!reader.ReadBoolean("whether the silo has the member")) return false;
        read(reader);
        reader.End();
        return true;
    }

    internal static (MemberReport Report, byte[] State) ReadReport(StateReader reader, NetworkShape shape)
    {
        List<TrainingIteration> latest = reader.ReadHistory();
        reader.Check(latest.Count == 1, $"{latest.Count} iterations in place of the last");
        (double[] parameters, Evidence? evidence) = reader.ReadNetwork(checked((int)shape.ParameterCount), shape.InputSize);
        return (new MemberReport(latest[0], parameters, evidence), reader.ReadCounted("its state"));
    }

    internal static (double NoiseVariance, double[] LeftOut, Leverage? Kept) ReadLeverage(StateReader reader, NetworkShape shape)
    {
        double noise = reader.ReadAny("the variance of the noise");
        double[] leftOut = reader.ReadAny(reader.ReadCount(sizeof(double), "left-out rows"), "leverages");
        return (noise, leftOut, ReadTriangle(reader, shape));
    }

    internal static NetworkMember ReadFinished(StateReader reader, NetworkShape shape, Activation activation, int map)
    {
        (double[] parameters, Evidence? evidence) = reader.ReadNetwork(checked((int)shape.ParameterCount), shape.InputSize);
        return new NetworkMember(new Network(shape, activation, parameters), map, evidence, ReadTriangle(reader, shape));
    }

    private static byte[] Write(Action<StateWriter> write) => MemberNumbers.Write(writer =>
    {
        writer.Write(true);
        write(writer);
    });

    private static void WriteTriangle(StateWriter writer, Leverage? leverage)
    {
        ReadOnlySpan<float> triangle = leverage is null ? [] : leverage.Triangle;
        writer.Write(triangle.Length);
        writer.Write(triangle);
    }

    private static Leverage? ReadTriangle(StateReader reader, NetworkShape shape)
    {
        float[] triangle = reader.ReadSingles(reader.ReadCount(sizeof(float), "numbers of a triangle"), "a triangle");
        if (triangle.Length == 0) return null;
        reader.Check(triangle.Length == PackedTriangle<float>.Length(shape.ParameterCount) && Array.TrueForAll(triangle, float.IsFinite), "a triangle of another size, or one that is not finite");
        return new Leverage(checked((int)shape.ParameterCount), triangle);
    }
}
