using System.Text;
using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Streaming;

/// <summary>Passes as bytes, for rows on other machines. What is read is checked: nothing is allocated that the bytes do not hold.</summary>
internal static class PassBytes
{
    // Passes are known by these numbers.
    private const byte Gradient = 1, Gram = 2, LeftOut = 3;

    /// <summary>A pass as bytes.</summary>
    internal static byte[] Of(RowPass pass)
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        switch (pass)
        {
            case GradientPass gradient:
                Write(writer, Gradient, gradient);
                break;
            case GramPass gram:
                Write(writer, Gram, gram);
                writer.Write(gram.InSinglePrecision);
                break;
            case LeftOutPass leftOut:
                writer.Write(LeftOut);
                writer.Write(leftOut.Points.Count);
                foreach (PassPoint point in leftOut.Points) Write(writer, point);
                writer.Write(leftOut.Partitions);
                writer.Write(leftOut.Least);
                writer.Write(leftOut.Greatest);
                break;
            default:
                throw new NotSupportedException($"There are no bytes for a {pass.GetType().Name}.");
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>The pass that bytes are.</summary>
    /// <exception cref="FormatException">They are none.</exception>
    internal static RowPass Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()), Encoding.UTF8);
            RowPass pass = reader.ReadByte() switch
            {
                Gradient => new GradientPass(ReadPoint(reader), ReadChoice(reader), ReadWeight(reader)),
                Gram => new GramPass(ReadPoint(reader), ReadChoice(reader), ReadWeight(reader), reader.ReadBoolean()),
                LeftOut => ReadLeftOut(reader),
                byte other => throw new FormatException($"There is no pass over rows of kind {other}."),
            };
            Check(reader.BaseStream.Position == bytes.Length, "it has bytes too many");
            return pass;
        }
        catch (EndOfStreamException)
        {
            throw new FormatException("A pass over rows is not valid: it ends early.");
        }
    }

    private static void Write(BinaryWriter writer, byte kind, NetworkPass pass)
    {
        writer.Write(kind);
        Write(writer, pass.Point);
        Write(writer, pass.Choice);
        writer.Write(pass.TotalWeight);
    }

    private static void Write(BinaryWriter writer, PassPoint point)
    {
        writer.Write(point.Shape.InputSize);
        writer.Write(point.Shape.HiddenSize);
        writer.Write(point.Activation.Name);
        writer.Write(point.Map);
        foreach (double value in point.Theta) writer.Write(value);
    }

    private static PassPoint ReadPoint(BinaryReader reader)
    {
        var shape = new NetworkShape(reader.ReadInt32(), reader.ReadInt32());
        Check(shape.InputSize > 0 && shape.HiddenSize > 0, $"{shape.InputSize} inputs and {shape.HiddenSize} hidden units");
        string name = reader.ReadString();
        Activation activation = Activation.All.FirstOrDefault(known => known.Name == name) ?? throw new FormatException($"There is no activation '{name}'.");
        int map = reader.ReadInt32();
        Check(map >= 0, $"map {map}");
        Check(shape.ParameterCount <= (reader.BaseStream.Length - reader.BaseStream.Position) / sizeof(double), $"{shape.ParameterCount} parameters do not fit into it");
        var theta = new double[shape.ParameterCount];
        for (int i = 0; i < theta.Length; i++) theta[i] = reader.ReadDouble();
        return new PassPoint(shape, activation, map, theta);
    }

    private static void Write(BinaryWriter writer, BlockChoice choice)
    {
        writer.Write(choice.Member ?? -1);
        writer.Write(choice.Sample.First);
        writer.Write(choice.Sample.Count);
        writer.Write(choice.Sample.Total);
    }

    private static BlockChoice ReadChoice(BinaryReader reader)
    {
        int member = reader.ReadInt32(), first = reader.ReadInt32(), count = reader.ReadInt32(), total = reader.ReadInt32();
        Check(member >= -1 && total > 0 && first >= 0 && first < total && count >= 0 && count <= total, $"{count} blocks from {first} on of {total}");
        return new BlockChoice(member < 0 ? null : member, new RowSample(first, count, total));
    }

    private static double ReadWeight(BinaryReader reader)
    {
        double weight = reader.ReadDouble();
        Check(weight > 0 && double.IsFinite(weight), $"a weight of {weight}");
        return weight;
    }

    private static LeftOutPass ReadLeftOut(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        Check(count > 0 && count <= reader.BaseStream.Length, $"{count} members");
        var points = new PassPoint[count];
        for (int k = 0; k < count; k++) points[k] = ReadPoint(reader);
        int partitions = reader.ReadInt32();
        Check(partitions is 1 or 2, $"{partitions} partitions");
        return new LeftOutPass(points, partitions, reader.ReadDouble(), reader.ReadDouble());
    }

    private static void Check(bool holds, string what)
    {
        if (!holds) throw new FormatException($"A pass over rows is not valid: {what}.");
    }
}
