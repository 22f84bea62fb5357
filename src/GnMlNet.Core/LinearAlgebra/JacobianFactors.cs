namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// What the Jacobian of a block of rows is made of, column by column: its column for the weight from input k to unit i is the entrywise product
/// s_i x_k of a slope column and an input column, and the columns of the other parameters stand for themselves.
/// The Jacobian itself is never formed.
/// </summary>
internal sealed class JacobianFactors(int unitCount, int otherCount)
{
    /// <summary>s, one column a hidden unit.</summary>
    internal AlignedBuffer Slopes { get; } = new((long)unitCount * RowBlock.Stride);

    /// <summary>The columns that are no products.</summary>
    internal AlignedBuffer Others { get; } = new((long)otherCount * RowBlock.Stride);

    /// <summary>x, one column an input.</summary>
    internal RowBlock? Inputs { get; set; }

    internal Span<double> Slope(int unit) => Slopes.Slice((long)unit * RowBlock.Stride, RowBlock.Capacity);

    internal Span<double> Other(int column) => Others.Slice((long)column * RowBlock.Stride, RowBlock.Capacity);

    /// <summary>The bytes of the factors of one block.</summary>
    internal static double Bytes(double unitCount, double otherCount) => (unitCount + otherCount) * RowBlock.Stride * sizeof(double);
}
