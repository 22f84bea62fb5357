using CsCheck;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public unsafe class DotTileTests
{
    [Fact]
    public void Every_width_and_length_gives_the_plain_dot_products() => Gen.Select(Gen.Int[0, 70], Gen.Int[1, DotTile.MostColumns], Gen.Int).Sample((length, columns, seed) =>
    {
        const int stride = 72;
        var random = new Random(seed);
        var a = new AlignedBuffer<double>(DotTile.Rows * stride);
        var b = new AlignedBuffer<double>(DotTile.MostColumns * stride);
        Problems.RandomVector(a.Length, random).CopyTo(a.Slice(0, a.Length));
        Problems.RandomVector(b.Length, random).CopyTo(b.Slice(0, b.Length));
        double* sums = stackalloc double[DotTile.Size];
        new Span<double>(sums, DotTile.Size).Fill(0.5);
        DotTile.Accumulate(length, a.Pointer, stride, b.Pointer, stride, columns, sums);
        for (int r = 0; r < DotTile.Rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                double expected = 0.5;
                for (int j = 0; j < length; j++) expected += a.Pointer[(r * stride) + j] * b.Pointer[(c * stride) + j];
                sums[(r * DotTile.MostColumns) + c].Should().BeApproximately(expected, 1e-14 * (1 + length));
            }
        }

        GC.KeepAlive(a);
        GC.KeepAlive(b);
    });
}
