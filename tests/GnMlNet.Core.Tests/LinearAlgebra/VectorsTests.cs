using CsCheck;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public class VectorsTests
{
    private static readonly Gen<(double[] A, double[] B)> Pairs = Gen.Int[0, 70].SelectMany(length =>
        Gen.Select(Gen.Double[-1, 1].Array[length], Gen.Double[-1, 1].Array[length]));

    [Fact]
    public void Dot_is_the_sum_of_products_for_every_length() => Pairs.Sample((a, b) =>
        Math.Abs(Vectors.Dot(a, b) - a.Zip(b, (x, y) => x * y).Sum()) < 1e-13);

    [Fact]
    public void AddScaled_adds_the_multiple_to_every_entry() => Pairs.Sample((a, b) =>
    {
        double[] target = [.. b];
        Vectors.AddScaled(a, 0.75, target);
        for (int i = 0; i < a.Length; i++) target[i].Should().BeApproximately(b[i] + (0.75 * a[i]), 1e-15);
    });

    [Fact]
    public void The_largest_magnitude_is_the_maximum_norm() => Pairs.Sample((a, _) =>
        Vectors.LargestMagnitude(a) == a.Select(Math.Abs).DefaultIfEmpty().Max());
}
