using CsCheck;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public unsafe class SubstitutionTileTests
{
    [Fact]
    public void The_bits_are_those_of_plain_loops_whatever_the_width() => Gen.Select(Gen.Int[0, 40], Gen.Int[1, SubstitutionTile.MostVectors], Gen.Int).Sample((above, vectors, seed) =>
    {
        int height = SubstitutionTile.Rows, width = vectors * SubstitutionTile.Lanes, stride = width + 3;
        var random = new Random(seed);
        AlignedBuffer<double> v = Random(above * height), x = Random((above + height) * stride), triangle = Random(height * height);
        double[] expected = [.. x.Slice(0, x.Length)];
        for (int r = 0; r < height; r++)
        {
            for (int j = 0; j < width; j++)
            {
                double sum = 0;
                for (int k = 0; k < above; k++) sum = Math.FusedMultiplyAdd(expected[(k * stride) + j], v.Pointer[(k * height) + r], sum);
                double entry = expected[((above + r) * stride) + j] - sum;
                for (int q = 0; q < r; q++) entry = Math.FusedMultiplyAdd(expected[((above + q) * stride) + j], triangle.Pointer[(q * height) + r], entry);
                expected[((above + r) * stride) + j] = entry * triangle.Pointer[(r * height) + r];
            }
        }

        SubstitutionTile.Subtract(above, v.Pointer, height, x.Pointer, stride, vectors);
        SubstitutionTile.Solve(triangle.Pointer, x.Pointer + (above * stride), stride, vectors);
        x.Slice(0, x.Length).ToArray().Should().Equal(expected);
        GC.KeepAlive(v);
        GC.KeepAlive(triangle);

        AlignedBuffer<double> Random(int length)
        {
            var buffer = new AlignedBuffer<double>(length);
            Problems.RandomVector(length, random).CopyTo(buffer.Slice(0, length));
            return buffer;
        }
    });
}
