using CsCheck;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Tests;

public class SumTreeTests
{
    // Parts, and where they are cut into ranges.
    private static readonly Gen<(int Parts, int[] Cuts)> Cuttings =
        Gen.Int[1, 40].SelectMany(parts => Gen.Int[0, parts].Array[0, 6].Select(cuts => (parts, (int[])[0, .. cuts.Order(), parts])));

    [Fact]
    public void Nodes_of_any_ranges_give_the_bits_of_one_range() => Cuttings.Sample(cutting =>
    {
        var table = new TestTable(Length: 5);
        byte[] request = [7];
        Dictionary<PartRange, IVector> nodes = [];
        foreach ((int first, int end) in cutting.Cuts.Zip(cutting.Cuts.Skip(1)))
        {
            foreach (PartRange node in SumTree.Nodes(cutting.Parts, new PartRange(first, end)))
                nodes.Add(node, new Numbers(SumTree.Sum(node.First, node.End, part => table.Part(request, part))));
        }

        double[] sum = new double[5];
        SumTree.Finish(cutting.Parts, nodes, sum);
        sum.Should().Equal(table.Sum(request, cutting.Parts));
    });

    [Fact]
    public void The_sum_is_that_of_the_definition() => Gen.Int[1, 40].Sample(parts =>
    {
        // Strings show the order.
        string Node(int lo, int hi)
        {
            if (hi - lo == 1) return $"{lo}";
            int power = 1;
            while (2 * power < hi - lo) power *= 2;
            return $"({Node(lo, lo + power)}+{Node(lo + power, hi)})";
        }

        string Split(int lo, int hi) => hi - lo == 1 ? $"{lo}" : $"({Split(lo, SumTree.Middle(lo, hi))}+{Split(SumTree.Middle(lo, hi), hi)})";
        Split(0, parts).Should().Be(Node(0, parts));
    });

    [Fact]
    public void Another_order_gives_other_bits()
    {
        var table = new TestTable(Length: 50);
        double[] inTurn = new double[50];
        for (int part = 0; part < 9; part++) inTurn = [.. inTurn.Zip(table.Part([], part), (sum, more) => sum + more)];
        table.Sum([], 9).Should().NotEqual(inTurn);
    }

    [Fact]
    public void Nodes_make_up_their_range_and_are_few() => Cuttings.Sample(cutting =>
    {
        foreach ((int first, int end) in cutting.Cuts.Zip(cutting.Cuts.Skip(1)))
        {
            IReadOnlyList<PartRange> nodes = SumTree.Nodes(cutting.Parts, new PartRange(first, end));
            nodes.SelectMany(node => Enumerable.Range(node.First, node.Count)).Should().Equal(Enumerable.Range(first, end - first));
            nodes.Count.Should().BeLessThanOrEqualTo(2 * (1 + (int)Math.Log2(cutting.Parts)));
        }
    });

    [Fact]
    public void Silos_get_neighbouring_ranges_by_what_they_can_do() => Gen.Select(Gen.Int[1, 2000], Gen.Int[1, 32].Array[1, 8]).Sample((parts, cores) =>
    {
        IReadOnlyList<PartRange> ranges = PartCut.Cut(parts, cores);
        ranges.Should().HaveSameCount(cores);
        ranges.SelectMany(range => Enumerable.Range(range.First, range.Count)).Should().Equal(Enumerable.Range(0, parts));
        // No further from a fair share than half a step at each end.
        double step = Math.Max(1, parts / (2.0 * cores.Length));
        foreach ((PartRange range, int core) in ranges.Zip(cores)) ((double)range.Count).Should().BeApproximately((double)parts * core / cores.Sum(), step + 1e-9);
    });

    [Fact]
    public void Vectors_of_different_lengths_are_refused() =>
        FluentActions.Invoking(() => SumTree.Sum(0, 2, part => new double[part + 1])).Should().Throw<ArgumentException>().WithMessage("*of 1 and some of 2*");

    private sealed record Numbers(double[] Values) : IVector
    {
        ReadOnlySpan<double> IVector.Numbers => Values;
    }
}
