namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// The inverse A^-1 = M M^T from the factor, with the upper triangle M = L^-T. It is made by halves, too, so that nearly all work is products of blocks:
/// <code>
/// [ M11 M12 ]    M11 = L11^-T,  M22 = L22^-T
/// [  .  M22 ]    M12 = -M11 L21^T L22^-T
/// </code>
/// </summary>
internal sealed unsafe partial class Cholesky
{
    private AlignedBuffer<double>? _inverse;

    /// <summary>Computes M from the factor; it stays until the next call.</summary>
    internal void Invert()
    {
        _inverse ??= new AlignedBuffer<double>((long)Size * _stride);
        _inverse.Clear();
        Invert(_factor.Pointer, _inverse.Pointer, Size);
    }

    /// <summary>Row i of M, from its diagonal entry on.</summary>
    internal ReadOnlySpan<double> InverseRow(int i) => _inverse!.Slice((i * _stride) + i, Size - i);

    /// <summary>Entry i of the diagonal of A^-1.</summary>
    internal double InverseDiagonal(int i) => Vectors.Dot(InverseRow(i), InverseRow(i));

    /// <summary>A^-1, both triangles; <see cref="Invert()"/> must have been called.</summary>
    internal RowMatrix FullInverse()
    {
        const int panel = 96;
        var inverse = new RowMatrix(Size, Size);
        for (int first = 0; first < Size; first += panel)
        {
            int end = Math.Min(Size, first + panel);
            // Row i of M begins at its diagonal entry.
            BlockedProduct.Add(
                _inverse!.Pointer + (first * _stride) + first, _stride, _inverse.Pointer + first, _stride, inverse.Pointer + ((long)first * inverse.Stride), inverse.Stride, end - first, end, Size - first, diagonal: first, sign: 1);
        }

        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < i; j++) inverse.Row(j)[i] = inverse.Row(i)[j];
        }

        return inverse;
    }

    private void Invert(double* l, double* m, int size)
    {
        if (size <= TransposedFactor.MostRows)
        {
            for (int i = 0; i < size; i++) m[(i * _stride) + i] = 1;
            TransposedFactor.OfThread.SolveTransposed(l, _stride, size, m, size, isUpper: true);
            return;
        }

        int half = Half(size);
        double* l21 = l + (half * _stride), l22 = l21 + half, m12 = m + half;
        Invert(l, m, half);
        SubtractProduct(m, l21, m12, half, size - half, half, diagonal: size);
        SolveTransposed(l22, size - half, m12, half);
        Invert(l22, m + (half * _stride) + half, size - half);
    }
}
