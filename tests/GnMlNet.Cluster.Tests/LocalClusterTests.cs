namespace GnMlNet.Cluster.Tests;

public class LocalClusterTests
{
    private const int Parts = 21;

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task Any_number_of_silos_gives_the_bits_of_the_sum_computed_here(int silos)
    {
        // Of two chunks and a bit.
        var table = new TestTable(Length: 300_001);
        await using LocalCluster cluster = await LocalCluster.StartInProcessAsync(silos, TestSilo.PartWork);
        await using ClusterTable opened = await cluster.Coordinator.OpenTableAsync(TestTable.Kind, table.Description, Parts);
        double[][] sums = await Task.WhenAll(Enumerable.Range(0, 3).Select(k => opened.SumAsync(new byte[] { (byte)k, 1, 2 }).AsTask()));
        foreach ((int k, double[] sum) in sums.Index()) sum.Should().Equal(table.Sum([(byte)k, 1, 2], Parts));
    }

    [Fact]
    public async Task Silos_that_are_child_processes_give_the_same_bits()
    {
        var table = new TestTable(Length: 1000);
        await using LocalCluster cluster = await LocalCluster.StartProcesses(2, TestSilo.Program, [], TestSilo.Options(Membership.ClusterSpecification.Parse("local:2")), CancellationToken.None);
        await using ClusterTable opened = await cluster.Coordinator.OpenTableAsync(TestTable.Kind, table.Description, Parts);
        // A request of several chunks.
        byte[] request = new byte[3_000_000];
        new Random(3).NextBytes(request);
        (await opened.SumAsync(request)).Should().Equal(table.Sum(request, Parts));
    }
}
