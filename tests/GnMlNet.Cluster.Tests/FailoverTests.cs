using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Processes;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Tests;

/// <summary>Silos that die, are slow, or cannot do what they are asked.</summary>
public class FailoverTests
{
    private const int Parts = 16;

    private static Task<LocalCluster> Start(int silos) => LocalCluster.StartProcesses(silos, TestSilo.Program, [], TestSilo.Options(ClusterSpecification.Parse("local:2")), TimeLimit.Minute());

    [Fact]
    public async Task A_silo_that_is_killed_in_the_middle_of_a_sum_changes_no_bit_of_it()
    {
        var table = new TestTable(Length: 40_000, Milliseconds: 50);
        var random = new Random(Environment.TickCount);
        await using LocalCluster cluster = await Start(2);
        await using ClusterTable opened = await cluster.Coordinator.OpenTableAsync(TestTable.Kind, table.Description, Parts);
        List<SiloProcess> silos = [.. cluster.Processes];
        for (int kill = 0; kill < Kills.Count; kill++)
        {
            byte[] request = [(byte)kill];
            Task<double[]>[] sums = [.. Enumerable.Range(0, 3).Select(_ => opened.SumAsync(request, TimeLimit.Minute()).AsTask())];
            int moment = random.Next(0, 600);
            await Task.Delay(moment);
            SiloProcess victim = silos[random.Next(silos.Count)];
            victim.Kill();
            foreach (double[] sum in await Task.WhenAll(sums)) sum.Should().Equal(table.Sum(request, Parts), $"a silo was killed after {moment} ms");
            silos.Remove(victim);
            // Another takes its place.
            SiloProcess next = SiloProcess.Start(TestSilo.Program, [.. cluster.SiloArguments, "--name", $"silo {kill + 3}"]);
            silos.Add(next);
            await next.Ready(TimeLimit.Minute());
            await cluster.Coordinator.WaitForSilosAsync(2, TimeLimit.Minute());
        }

        foreach (SiloProcess silo in silos.Except(cluster.Processes)) await silo.DisposeAsync();
    }

    [Fact]
    public async Task Members_of_a_silo_that_is_killed_are_trained_by_the_others()
    {
        var table = new TestTable(Length: 1, Milliseconds: 500);
        await using LocalCluster cluster = await Start(2);
        await using ClusterTable opened = await cluster.Coordinator.OpenTableAsync(TestTable.Kind, table.Description, Parts);
        byte[][] requests = [.. Enumerable.Range(0, 6).Select(member => Enumerable.Range(0, 400_000 * member).Select(k => (byte)(k * 7)).ToArray())];
        Task<byte[]>[] answers = [.. requests.Select((request, member) => opened.RunAsync(member, request, TimeLimit.Minute()).AsTask())];
        await Task.Delay(250);
        cluster.Processes[0].Kill();
        foreach ((byte[] request, byte[] answer) in requests.Zip(await Task.WhenAll(answers))) answer.AsSpan().SequenceEqual([.. request.Reverse()]).Should().BeTrue();
    }

    // A slow silo's work outlasts every single call that waits for it.
    [Fact]
    public async Task A_silo_that_is_ten_times_slower_is_waited_for()
    {
        var table = new TestTable(Length: 100, Milliseconds: 300);
        await using LocalCluster cluster = await Start(1);
        SiloProgram slow = TestSilo.Program with { Environment = new Dictionary<string, string?> { [TestTable.Slowness] = "10" } };
        await using SiloProcess silo = SiloProcess.Start(slow, [.. cluster.SiloArguments, "--name", "slow"]);
        await silo.Ready(TimeLimit.Minute());
        await cluster.Coordinator.WaitForSilosAsync(2, TimeLimit.Minute());
        await using ClusterTable opened = await cluster.Coordinator.OpenTableAsync(TestTable.Kind, table.Description, parts: 8);
        (await opened.SumAsync(new byte[] { 1 }, TimeLimit.Minute())).Should().Equal(table.Sum([1], 8));
        silo.HasExited.Should().BeFalse();
    }

    [Fact]
    public async Task A_sum_that_is_cancelled_ends_at_once_and_the_table_goes_on()
    {
        var table = new TestTable(Length: 10, Milliseconds: 100_000);
        await using LocalCluster cluster = await LocalCluster.StartInProcessAsync(2, TestSilo.PartWork);
        await using (ClusterTable endless = await cluster.Coordinator.OpenTableAsync(TestTable.Kind, table.Description, Parts))
        {
            using var end = new CancellationTokenSource(300);
            await FluentActions.Awaiting(async () => await endless.SumAsync(new byte[] { 1 }, end.Token)).Should().ThrowAsync<OperationCanceledException>();
        }

        table = table with { Milliseconds = 0 };
        await using ClusterTable opened = await cluster.Coordinator.OpenTableAsync(TestTable.Kind, table.Description, Parts);
        (await opened.SumAsync(new byte[] { 1 })).Should().Equal(table.Sum([1], Parts));
    }

    [Theory, InlineData(null, "There is no shard"), InlineData("rows of another table", "has another schema")]
    public async Task A_shard_that_cannot_be_used_is_named_with_the_silo(string? content, string reason)
    {
        string folder = Directory.CreateTempSubdirectory("gnml-cluster").FullName, shard = Path.Combine(folder, "part-1");
        if (content is not null) await File.WriteAllTextAsync(shard, content);
        await using LocalCluster cluster = await LocalCluster.StartInProcessAsync(2, TestSilo.PartWork, folders: new ShardFolders([folder]));
        (await FluentActions.Awaiting(() => cluster.Coordinator.OpenTableAsync(TestTable.Kind, new TestTable(1, 0, shard).Description, Parts)).Should().ThrowAsync<ClusterException>())
            .Which.Message.Should().MatchRegex($@"^Silo silo [12] \(127\.0\.0\.1:\d+\): .*{reason}").And.Contain(shard);
        // Put right, it is read.
        await File.WriteAllTextAsync(shard, TestTable.ShardWord);
        await using ClusterTable opened = await cluster.Coordinator.OpenTableAsync(TestTable.Kind, new TestTable(1, 0, shard).Description, Parts);
        (await opened.SumAsync(new byte[] { 1 })).Should().Equal(new TestTable(1).Sum([1], Parts));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Vectors_of_different_lengths_on_two_silos_and_unknown_kinds_are_refused()
    {
        await using LocalCluster cluster = await LocalCluster.StartInProcessAsync(1, TestSilo.PartWork);
        (await FluentActions.Awaiting(() => cluster.Coordinator.OpenTableAsync("columns", new TestTable(1).Description, Parts)).Should().ThrowAsync<ClusterException>())
            .WithMessage("Silo silo 1 *'columns', only *test*;*");
    }

    [Fact]
    public async Task A_silo_of_another_version_is_refused_by_name()
    {
        await using LocalCluster cluster = await Start(1);
        await using SiloProcess old = SiloProcess.Start(TestSilo.Program, [.. cluster.SiloArguments, "--name", "old", "--version", "0.0.9"]);
        await old.Ready(TimeLimit.Minute());
        await cluster.Coordinator.WaitForSilosAsync(2, TimeLimit.Minute());
        (await FluentActions.Awaiting(() => cluster.Coordinator.OpenTableAsync(TestTable.Kind, new TestTable(1).Description, Parts)).Should().ThrowAsync<ClusterException>())
            .WithMessage("Silo old (127.0.0.1:*) is refused: it is of GnMlNet 0.0.9, *");
    }

    [Fact]
    public async Task A_silo_of_other_vectors_is_refused_by_name_and_left_out_where_it_comes_later()
    {
        var table = new TestTable(Length: 10);
        await using LocalCluster cluster = await Start(1);
        await using ClusterTable early = await cluster.Coordinator.OpenTableAsync(TestTable.Kind, table.Description, Parts);
        SiloProgram narrow = TestSilo.Program with { Environment = new Dictionary<string, string?> { ["DOTNET_EnableHWIntrinsic"] = "0" } };
        await using SiloProcess silo = SiloProcess.Start(narrow, [.. cluster.SiloArguments, "--name", "narrow"]);
        await silo.Ready(TimeLimit.Minute());
        await cluster.Coordinator.WaitForSilosAsync(2, TimeLimit.Minute());
        (await FluentActions.Awaiting(() => cluster.Coordinator.OpenTableAsync(TestTable.Kind, table.Description, Parts)).Should().ThrowAsync<ClusterException>())
            .WithMessage("Silo narrow (127.0.0.1:*) is refused: it computes with vectors of 128 bits*DOTNET_PreferredVectorBitWidth=128*");
        (await early.SumAsync(new byte[] { 1 })).Should().Equal(table.Sum([1], Parts));
        early.Refusals.Should().ContainSingle().Which.Should().Contain("narrow");
    }
}
