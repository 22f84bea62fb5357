using System.Globalization;
using System.Numerics;
using GnMlNet.Balls.Matrices;

namespace GnMlNet.Benchmarks.Arb;

/// <summary>The exact numbers that both sides of the comparison with Arb work on: the same in every run.</summary>
internal sealed class ArbInputs
{
    private const int Rows = 256;
    private const int Size = 144;
    private const int PointCount = 4608;
    private const int PointBits = 128;

    // Fraction bits of the Jacobian of the system.
    private const int FractionBits = 64;

    // A least singular value of 1e-6 makes the condition number of J^T J 1e12.
    private const double LeastSingularValue = 1e-6;

    internal ArbInputs()
    {
        var random = new Random(BenchmarkData.Seed);
        foreach (int bits in GramBits) Factors.Add(bits, Integers(random, Rows * Size, bits));
        Points = [.. Enumerable.Range(0, PointCount).Select(_ => (BigInteger)Math.ScaleB((8 * random.NextDouble()) - 4, PointBits) + Integer(random, PointBits - 53))];
        IntegerMatrix jacobian = Jacobian(random), target = IntegerMatrix.FromEntries(Rows, 1, Integers(random, Rows, FractionBits));
        System = ExactProduct.Gram(jacobian);
        Right = ExactProduct.TransposeMultiply(jacobian, target);
    }

    internal static int[] GramBits => [128, 256];

    /// <summary>256 x 144 integers of so many bits, row by row.</summary>
    internal Dictionary<int, BigInteger[]> Factors { get; } = [];

    /// <summary>Points from -4 to 4, times 2^128.</summary>
    internal BigInteger[] Points { get; }

    /// <summary>J^T J with the condition number 1e12, times 2^128.</summary>
    internal IntegerMatrix System { get; }

    /// <summary>J^T r, times 2^128.</summary>
    internal IntegerMatrix Right { get; }

    internal static int SystemExponent => -2 * FractionBits;

    /// <summary>The Gram matrix from big integers to big integers.</summary>
    internal BigInteger[] Gram(int bits) => ExactProduct.SymmetricTransposeMultiply(Factors[bits], Factors[bits], Rows, Size);

    internal IntegerMatrix Factor(int bits) => IntegerMatrix.FromEntries(Rows, Size, Factors[bits]);

    /// <summary>Each matrix as: rows, columns, exponent; then its entries over 2^exponent, row by row.</summary>
    internal void Write(TextWriter writer)
    {
        foreach (int bits in GramBits) Write(writer, Rows, Size, 0, Factors[bits]);
        Write(writer, PointCount, 1, -PointBits, Points);
        Write(writer, Size, Size, SystemExponent, System.ToEntries());
        Write(writer, Size, 1, SystemExponent, Right.ToEntries());
    }

    private static void Write(TextWriter writer, int rows, int columns, int exponent, BigInteger[] entries)
    {
        writer.WriteLine(FormattableString.Invariant($"{rows} {columns} {exponent}"));
        foreach (BigInteger entry in entries) writer.WriteLine(entry.ToString(CultureInfo.InvariantCulture));
    }

    // Singular values in geometric progression, turned by random reflections from both sides.
    private static IntegerMatrix Jacobian(Random random)
    {
        var matrix = new double[Rows, Size];
        for (int i = 0; i < Size; i++) matrix[i, i] = Math.Pow(LeastSingularValue, i / (Size - 1.0));
        for (int k = 0; k < 2; k++)
        {
            Reflect(Direction(random, Rows), Size, (i, j) => ref matrix[i, j]);
            Reflect(Direction(random, Size), Rows, (i, j) => ref matrix[j, i]);
        }

        return IntegerMatrix.FromEntries(Rows, Size, [.. matrix.Cast<double>().Select(entry => (BigInteger)Math.ScaleB(entry, FractionBits))]);
    }

    private delegate ref double Entry(int i, int j);

    // Every column x becomes x - 2 u (u^T x), |u| = 1.
    private static void Reflect(double[] direction, int columns, Entry entry)
    {
        for (int j = 0; j < columns; j++)
        {
            double product = 0;
            for (int i = 0; i < direction.Length; i++) product += direction[i] * entry(i, j);
            for (int i = 0; i < direction.Length; i++) entry(i, j) -= 2 * direction[i] * product;
        }
    }

    private static double[] Direction(Random random, int length)
    {
        double[] vector = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
        double norm = Math.Sqrt(vector.Sum(entry => entry * entry));
        return [.. vector.Select(entry => entry / norm)];
    }

    private static BigInteger[] Integers(Random random, int count, int bits) => [.. Enumerable.Range(0, count).Select(_ => Integer(random, bits))];

    // Uniform in [-2^bits, 2^bits).
    private static BigInteger Integer(Random random, int bits)
    {
        var bytes = new byte[(bits / 8) + 2];
        random.NextBytes(bytes);
        return new BigInteger(bytes) >> ((8 * bytes.Length) - 1 - bits);
    }
}
