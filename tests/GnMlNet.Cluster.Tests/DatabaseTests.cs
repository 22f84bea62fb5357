using System.Net;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Processes;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Tests;

/// <summary>Clusters whose list of silos a database keeps.</summary>
public class DatabaseTests
{
    private const int Parts = 16;

    private static readonly TestTable Table = new(Length: 10_000, Milliseconds: 20);

    [NeedsToolFact("redis-server")]
    public async Task Sums_go_on_while_Redis_is_gone_for_ten_seconds_and_silos_can_join_afterwards()
    {
        await using RedisServer redis = await RedisServer.Start();
        ClusterSpecification cluster = ClusterSpecification.Parse(redis.Specification, "redis-test");
        await using ClusterSilo coordinator = await ClusterSilo.StartAsync(TestSilo.Options(cluster) with { TakesWork = false });
        await using SiloProcess silo = Start(redis.Specification, "redis-test", "first");
        await Joined(coordinator, silo, 1);
        await using ClusterTable opened = await coordinator.OpenTableAsync(TestTable.Kind, Table.Description, Parts);

        redis.Signal("STOP");
        var gone = System.Diagnostics.Stopwatch.StartNew();
        for (byte k = 0; gone.Elapsed < TimeSpan.FromSeconds(10); k++) (await opened.SumAsync(new[] { k }, TimeLimit.Minute())).Should().Equal(Table.Sum([k], Parts));
        redis.Signal("CONT");
        silo.HasExited.Should().BeFalse();

        await using SiloProcess second = Start(redis.Specification, "redis-test", "second");
        await Joined(coordinator, second, 2);
        (await opened.SumAsync(new byte[] { 99 }, TimeLimit.Minute())).Should().Equal(Table.Sum([99], Parts));
    }

    [NeedsToolFact("postgres")]
    public async Task A_database_without_tables_gets_them_and_silos_meet_die_and_leave_there()
    {
        await using PostgresServer postgres = await PostgresServer.Start();
        string specification = $"postgres:{postgres.ConnectionString}";
        ClusterSpecification cluster = ClusterSpecification.Parse(specification, "postgres-test");
        // Two make the tables at the same time.
        await Task.WhenAll(PostgresMembership.Prepare(postgres.ConnectionString), PostgresMembership.Prepare(postgres.ConnectionString));
        int gateway = FreePort.On(IPAddress.Loopback);
        await using ClusterSilo coordinator = await ClusterSilo.StartAsync(TestSilo.Options(cluster) with { TakesWork = false, Name = "coordinator", GatewayPort = gateway });
        await using SiloProcess first = Start(specification, "postgres-test", "first"), second = Start(specification, "postgres-test", "second");
        await Task.WhenAll(first.Ready(TimeLimit.Minute()), Joined(coordinator, second, 2));
        await using ClusterTable opened = await coordinator.OpenTableAsync(TestTable.Kind, Table.Description, Parts);
        (await opened.SumAsync(new byte[] { 1 }, TimeLimit.Minute())).Should().Equal(Table.Sum([1], Parts));
        IReadOnlyList<SiloReport> reports = await ClusterStatus.ReadAsync(cluster, cancellation: TimeLimit.Minute());
        reports.Select(report => (report.Name, report.State, report.Parts)).Should().BeEquivalentTo([("coordinator", "Active", 0), ("first", "Active", Parts / 2), ("second", "Active", (int?)Parts / 2)]);

        Task<double[]> sum = opened.SumAsync(new byte[] { 2 }, TimeLimit.Minute()).AsTask();
        await Task.Delay(100);
        second.Kill();
        (await sum).Should().Equal(Table.Sum([2], Parts));
        reports = await ClusterStatus.ReadAsync(cluster, withDead: true, cancellation: TimeLimit.Minute());
        reports.Should().Contain(report => report.Name == "second" && report.State == "Dead");
    }

    [NeedsToolFact("faketime")]
    public async Task Clocks_that_are_two_minutes_apart_do_not_matter()
    {
        await using RedisServer redis = await RedisServer.Start();
        await using ClusterSilo coordinator = await ClusterSilo.StartAsync(TestSilo.Options(ClusterSpecification.Parse(redis.Specification, "clocks")) with { TakesWork = false });
        SiloProgram ahead = TestSilo.Program with { Environment = FakeTime.Ahead(120) }, behind = TestSilo.Program with { Environment = FakeTime.Ahead(-120) };
        await using SiloProcess first = Start(redis.Specification, "clocks", "ahead", ahead);
        await Joined(coordinator, first, 1);
        await using SiloProcess second = Start(redis.Specification, "clocks", "behind", behind);
        await Joined(coordinator, second, 2);
        await using ClusterTable opened = await coordinator.OpenTableAsync(TestTable.Kind, Table.Description, Parts);
        for (byte k = 0; k < 20; k++) (await opened.SumAsync(new[] { k }, TimeLimit.Minute())).Should().Equal(Table.Sum([k], Parts));
        (first.HasExited || second.HasExited).Should().BeFalse();
    }

    [Theory, InlineData("redis:127.0.0.1:{0}"), InlineData("postgres:Host=127.0.0.1;Port={0};Database=x;Username=x")]
    public async Task A_server_that_is_not_there_is_named(string specification)
    {
        int port = FreePort.On(IPAddress.Loopback);
        ClusterSpecification cluster = ClusterSpecification.Parse(specification.Replace("{0}", $"{port}", StringComparison.Ordinal));
        (await FluentActions.Awaiting(() => ClusterSilo.StartAsync(TestSilo.Options(cluster))).Should().ThrowAsync<ClusterException>()).Which.Message.Should().Contain($"127.0.0.1:{port}");
    }

    private static SiloProcess Start(string specification, string clusterId, string name, SiloProgram? program = null) =>
        SiloProcess.Start(program ?? TestSilo.Program, ["silo", "--cluster", specification, "--cluster-id", clusterId, "--name", name, "--ends-with-input"]);

    private static async Task Joined(ClusterSilo coordinator, SiloProcess silo, int count)
    {
        await silo.Ready(TimeLimit.Minute());
        await coordinator.WaitForSilosAsync(count, TimeLimit.Minute());
    }
}
