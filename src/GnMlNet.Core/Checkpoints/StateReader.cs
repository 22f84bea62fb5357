using System.Text;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Checkpoints;

/// <summary>Reads what <see cref="StateWriter"/> wrote. Every number is checked, and every length with what is left before anything is made of it.</summary>
/// <param name="stream">Where from; it knows its length, and is left open.</param>
/// <param name="name">What is read, as the beginning of a message.</param>
/// <param name="remedy">What to do where it is not valid: a sentence.</param>
internal sealed class StateReader(Stream stream, string name, string remedy = "Remove it to begin anew.") : IDisposable
{
    private readonly BinaryReader _reader = new(stream, Encoding.UTF8, leaveOpen: true);

    /// <summary>The bytes that are left.</summary>
    internal long Remaining => stream.Length - stream.Position;

    /// <summary>Throws where something does not hold.</summary>
    /// <exception cref="FormatException">It does not.</exception>
    internal void Check(bool holds, string what)
    {
        if (!holds) throw new FormatException($"{name} is not valid: {what}. {remedy}");
    }

    internal bool ReadBoolean(string what)
    {
        Fits(1, 1, what);
        byte value = _reader.ReadByte();
        Check(value <= 1, $"{what} is {value}, neither no nor yes");
        return value == 1;
    }

    internal int ReadInt32(int least, int most, string what)
    {
        Fits(1, sizeof(int), what);
        int value = _reader.ReadInt32();
        Check(value >= least && value <= most, $"{what} is {value}, not from {least} to {most}");
        return value;
    }

    internal long ReadInt64(long least, long most, string what)
    {
        Fits(1, sizeof(long), what);
        long value = _reader.ReadInt64();
        Check(value >= least && value <= most, $"{what} is {value}, not from {least} to {most}");
        return value;
    }

    /// <summary>A finite number.</summary>
    internal double ReadFinite(string what, double least = double.MinValue)
    {
        double value = ReadAny(what);
        Check(double.IsFinite(value) && value >= least, $"{what} is {value}");
        return value;
    }

    /// <summary>A number that may be infinite or none.</summary>
    internal double ReadAny(string what)
    {
        Fits(1, sizeof(double), what);
        return _reader.ReadDouble();
    }

    /// <summary>So many finite numbers.</summary>
    internal double[] ReadFinite(int count, string what)
    {
        double[] values = ReadAny(count, what);
        foreach (double value in values) Check(double.IsFinite(value), $"one of {what} is {value}");
        return values;
    }

    /// <summary>So many numbers, which may be infinite or none.</summary>
    internal double[] ReadAny(int count, string what)
    {
        Fits(count, sizeof(double), what);
        var values = new double[count];
        for (int i = 0; i < count; i++) values[i] = _reader.ReadDouble();
        return values;
    }

    /// <summary>So many numbers of single precision.</summary>
    internal float[] ReadSingles(int count, string what)
    {
        Fits(count, sizeof(float), what);
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = _reader.ReadSingle();
        return values;
    }

    /// <summary>How many there are of something that takes at least so many bytes each.</summary>
    internal int ReadCount(int bytesOfEach, string what)
    {
        int count = ReadInt32(0, int.MaxValue, $"the number of {what}");
        Fits(count, bytesOfEach, what);
        return count;
    }

    internal byte[] ReadBytes(int count, string what)
    {
        Fits(count, 1, what);
        return _reader.ReadBytes(count);
    }

    /// <summary>Bytes behind their count.</summary>
    internal byte[] ReadCounted(string what) => ReadBytes(ReadCount(1, $"bytes of {what}"), what);

    /// <summary>Numbers from 0 on behind their count.</summary>
    /// <param name="most">The greatest that there may be.</param>
    /// <param name="what">What they are.</param>
    internal int[] ReadCounted(int most, string what)
    {
        int[] numbers = new int[ReadCount(sizeof(int), what)];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = ReadInt32(0, most, $"one of {what}");
        return numbers;
    }

    internal string ReadText(string what) => Encoding.UTF8.GetString(ReadBytes(ReadCount(1, what), what));

    /// <summary>Overwrites the lower triangle of a matrix.</summary>
    internal void Read(SymmetricMatrix matrix, string what)
    {
        Fits(PackedTriangle<double>.Length(matrix.Size), sizeof(double), what);
        for (int i = 0; i < matrix.Size; i++)
        {
            foreach (ref double value in matrix.Row(i))
            {
                value = _reader.ReadDouble();
                Check(double.IsFinite(value), $"one of {what} is {value}");
            }
        }
    }

    /// <summary>Throws where anything is left.</summary>
    internal void End() => Check(Remaining == 0, $"{Remaining} bytes too many");

    public void Dispose() => _reader.Dispose();

    private void Fits(long count, int bytesOfEach, string what) => Check(count <= Remaining / bytesOfEach, $"{what} do not fit into it");
}
