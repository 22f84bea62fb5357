using CsCheck;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Core.Tests.Streaming;

public class PartTreeTests
{
    [Fact]
    public void Whoever_holds_which_parts_the_sum_has_the_same_bits() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int).Sample((count, seed) =>
        {
            var random = new Random(seed);
            double[]?[] parts = [.. Enumerable.Range(0, count).Select(_ => random.Next(4) == 0 ? null : new[] { Math.Exp(random.Next(-40, 40)) * (random.NextDouble() - 0.5), random.NextDouble() })];
            double[]? Node(int lo, int hi) => PartTree.Sum(lo, hi, (part, _) => (double[]?)parts[part]?.Clone(), (_, _) => false);

            // Each holder has a run of parts and makes the nodes that lie in it.
            int[] cuts = [0, .. Enumerable.Range(1, count - 1).Where(_ => random.Next(3) == 0), count];
            var nodes = new Dictionary<(int, int), double[]?>();
            for (int i = 0; i + 1 < cuts.Length; i++)
            {
                foreach ((int lo, int hi) in PartTree.NodesWithin(count, cuts[i], cuts[i + 1])) nodes.Add((lo, hi), Node(lo, hi));
            }

            nodes.Keys.Sum(node => node.Item2 - node.Item1).Should().Be(count, "every part is in one node");
            double[]? sum = PartTree.Sum(0, count, (lo, hi) => nodes[(lo, hi)], (lo, hi) => nodes.ContainsKey((lo, hi)));
            if (Node(0, count) is { } expected) sum.Should().Equal(expected);
            else sum.Should().BeNull();
        });

    [Fact]
    public void The_sum_is_the_sum() =>
        Gen.Double[-1, 1].Array[1, 100].Sample(values => PartTree.Sum(0, values.Length, (part, _) => [values[part]], (_, _) => false)![0].Should().BeApproximately(values.Sum(), 1e-12));
}
