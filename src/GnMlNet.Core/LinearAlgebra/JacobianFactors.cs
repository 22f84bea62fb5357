using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// What the Jacobian of a block of rows is made of, column by column: its column for the weight from input k to unit i is the entrywise product
/// s_i x_k of a slope column and an input column, and the columns of the other parameters stand for themselves.
/// The Jacobian itself is never formed.
/// </summary>
/// <typeparam name="T">
/// Double for one block of rows, or float for two of them where the products need not be exact to double precision: a column takes the same bytes.
/// </typeparam>
internal sealed class JacobianFactors<T>(int unitCount, int inputCount, int otherCount)
    where T : unmanaged
{
    /// <summary>How many rows a column has.</summary>
    internal static int Rows { get; } = BlockSize.Rows * sizeof(double) / Unsafe.SizeOf<T>();

    /// <summary>From one column to the next.</summary>
    internal static int Stride { get; } = BlockSize.Stride * sizeof(double) / Unsafe.SizeOf<T>();

    /// <summary>How many slope columns there are.</summary>
    internal int UnitCount => unitCount;

    /// <summary>How many input columns there are.</summary>
    internal int InputCount => inputCount;

    /// <summary>How many columns there are that are no products.</summary>
    internal int OtherCount => otherCount;

    /// <summary>s, one column a hidden unit.</summary>
    internal AlignedBuffer<T> Slopes { get; } = new((long)unitCount * Stride);

    /// <summary>x, one column an input.</summary>
    internal AlignedBuffer<T> Inputs { get; } = new((long)inputCount * Stride);

    /// <summary>The columns that are no products.</summary>
    internal AlignedBuffer<T> Others { get; } = new((long)otherCount * Stride);

    internal Span<T> Slope(int unit) => Column(Slopes, unit);

    internal Span<T> Input(int input) => Column(Inputs, input);

    internal Span<T> Other(int column) => Column(Others, column);

    /// <summary>The bytes of the factors of one block.</summary>
    internal static double Bytes(double unitCount, double inputCount, double otherCount) =>
        (unitCount + inputCount + otherCount) * Stride * Unsafe.SizeOf<T>();

    private static Span<T> Column(AlignedBuffer<T> columns, int index) => columns.Slice((long)index * Stride, Rows);
}
