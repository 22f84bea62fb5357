using System.Collections.Concurrent;
using GnMlNet.Cluster.Costs;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Tests.Costs;

public class PartSharesTests
{
    [Fact]
    public async Task Silos_are_asked_for_as_many_vectors_and_parts_as_the_model_says()
    {
        const int silos = 3;
        var ranges = new ConcurrentBag<PartRange>();
        var factory = new RecordingFactory(ranges);
        await using LocalCluster cluster = await LocalCluster.StartInProcessAsync(silos, new Dictionary<string, IPartWorkFactory> { ["recorded"] = factory });
        foreach (int parts in new[] { 1, 2, 5, 12, 100 })
        {
            ranges.Clear();
            await using ClusterTable table = await cluster.Coordinator.OpenTableAsync("recorded", new byte[] { 1 }, parts);
            await table.SumAsync(ReadOnlyMemory<byte>.Empty);
            var shares = PartShares.Of(parts, silos);
            shares.Nodes.Should().Be(ranges.Count);
            ranges.Sum(range => range.Count).Should().Be(parts);
            shares.Most.Should().BeInRange((parts + silos - 1) / silos, parts);
        }
    }

    [Fact]
    public void Shares_of_silos_that_are_alike_are_about_as_large() =>
        Enumerable.Range(1, 300).Should().AllSatisfy(silos => PartShares.Of(4000, silos).Most.Should().BeLessThanOrEqualTo((4000 / silos * 3 / 2) + 1));

    private sealed class RecordingFactory(ConcurrentBag<PartRange> ranges) : IPartWorkFactory
    {
        public IPartWork Create(ReadOnlyMemory<byte> description, ShardFolders folders, CancellationToken cancellation) => new RecordingWork(ranges);
    }

    private sealed class RecordingWork(ConcurrentBag<PartRange> ranges) : IPartWork
    {
        public double[] Sum(ReadOnlyMemory<byte> request, int firstPart, int endPart, CancellationToken cancellation)
        {
            ranges.Add(new PartRange(firstPart, endPart));
            return [1];
        }
    }
}
