using System.Diagnostics;
using System.Globalization;
using GnMlNet.Cluster.Checkpoints;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Processes;
using GnMlNet.Cluster.Work;
using StackExchange.Redis;

namespace GnMlNet.Cluster.Tests;

/// <summary>Checkpoints that a database keeps.</summary>
public sealed class CheckpointTests : IDisposable
{
    // Each takes seconds to be found dead.
    private static readonly int s_kills = Math.Max(1, Kills.Count / 2);

    private readonly string _folder = Directory.CreateTempSubdirectory("gnmlnet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [NeedsToolFact("redis-server")]
    public async Task A_coordinator_that_is_killed_is_gone_on_from_by_another_that_shares_Redis_alone_to_the_same_bits()
    {
        string expected = TestCoordinator.HashOfModel(TestCoordinator.OnePart);
        await using RedisServer redis = await RedisServer.Start();
        string[] arguments = [TestCoordinator.Train, redis.Specification, "killed", "run", _folder];
        await using SiloProcess silo = SiloProcess.Start(TestSilo.Program, ["silo", "--cluster", redis.Specification, "--cluster-id", "killed", "--allow", _folder, "--ends-with-input"]);
        await silo.Ready(TimeLimit.Minute());
        var random = new Random(Environment.TickCount);
        int written = 0;
        for (int kill = 0; kill <= s_kills; kill++)
        {
            using Process coordinator = Start(arguments);
            List<string> lines = [];
            int before = written;
            // Where it ends early a few checkpoints later than it began; the last is let go on.
            int most = kill == s_kills ? int.MaxValue : written + random.Next(1, 3);
            while (await coordinator.StandardOutput.ReadLineAsync(TimeLimit.Minute()) is { } line)
            {
                lines.Add(line);
                if (!line.StartsWith(TestCoordinator.Written, StringComparison.Ordinal)) continue;
                written = Number(line);
                if (written >= most) coordinator.Kill();
            }

            await coordinator.WaitForExitAsync(TimeLimit.Minute());
            if (before > 0) lines[0].Should().StartWith(TestCoordinator.Resumed);
            bool hasEnded = lines.Exists(line => line.StartsWith(TestCoordinator.Model, StringComparison.Ordinal));
            if (kill == s_kills || hasEnded) lines[^1].Should().Be($"{TestCoordinator.Model} {expected}", await coordinator.StandardError.ReadToEndAsync());
            // One that came to its end leaves none, and the next begins anew.
            if (hasEnded) written = 0;
        }

        Keys(redis, "*/state/*").Should().BeEmpty("the checkpoint goes when training has ended");
    }

    [NeedsToolFact("redis-server")]
    public async Task Whoever_is_killed_while_it_writes_leaves_a_whole_checkpoint_the_last_or_the_one_before()
    {
        await using RedisServer redis = await RedisServer.Start();
        await using ClusterSilo silo = await ClusterSilo.StartAsync(TestSilo.Options(ClusterSpecification.Parse(redis.Specification, "writes")));
        var checkpoint = new ClusterCheckpoint(silo, "loop");
        var random = new Random(Environment.TickCount);
        for (int kill = 0; kill < s_kills; kill++)
        {
            using Process writer = Start(TestCoordinator.Write, redis.Specification, "writes", "loop");
            string first = (await writer.StandardOutput.ReadLineAsync(TimeLimit.Minute()))!;
            int moment = random.Next(200);
            await Task.Delay(moment);
            writer.Kill();
            string[] more = (await writer.StandardOutput.ReadToEndAsync(TimeLimit.Minute())).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            int last = Number(more.LastOrDefault() ?? first);
            ((int)TestCoordinator.ReadState(checkpoint)).Should().BeInRange(last, last + 1, $"it was killed {moment} ms after the first");
        }

        checkpoint.Delete();
        Keys(redis, "*/state/*").Should().BeEmpty("what was not finished goes, too");
    }

    [NeedsToolFact("redis-server")]
    public async Task A_checkpoint_with_another_byte_or_without_a_chunk_is_refused_and_one_that_Redis_does_not_take_is_told_of()
    {
        await using RedisServer redis = await RedisServer.Start();
        await using ClusterSilo silo = await ClusterSilo.StartAsync(TestSilo.Options(ClusterSpecification.Parse(redis.Specification, "damage")));
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port}");
        IDatabase database = connection.GetDatabase();
        var checkpoint = new ClusterCheckpoint(silo, "run");
        checkpoint.Exists.Should().BeFalse();
        checkpoint.TryWrite(writer => TestCoordinator.WriteState(writer, 1)).Should().BeNull();
        checkpoint.Exists.Should().BeTrue();
        TestCoordinator.ReadState(checkpoint).Should().Be(1);
        string Refusal() => FluentActions.Invoking(() => TestCoordinator.ReadState(checkpoint)).Should().Throw<FormatException>().Which.Message;

        var random = new Random(8);
        RedisKey[] keys = Keys(redis, "*/state/*damage/run*");
        keys.Should().HaveCount(5, "there are four chunks and the head");
        foreach (RedisKey key in keys)
        {
            byte[] bytes = (await database.HashGetAsync(key, "data"))!;
            byte[] other = [.. bytes];
            other[random.Next(other.Length)] ^= (byte)(1 << random.Next(8));
            await database.HashSetAsync(key, "data", other);
            Refusal().Should().Contain("'cluster:run' is damaged");
            await database.HashSetAsync(key, "data", bytes[..^1]);
            Refusal().Should().Contain("'cluster:run' is damaged");
            await database.HashSetAsync(key, "data", bytes);
            HashEntry[] whole = await database.HashGetAllAsync(key);
            await database.KeyDeleteAsync(key);
            Refusal().Should().Contain("'cluster:run' is damaged");
            await database.HashSetAsync(key, whole);
        }

        redis.Signal("STOP");
        checkpoint.TryWrite(writer => TestCoordinator.WriteState(writer, 2)).Should().Contain("The Redis server does not answer");
        redis.Signal("CONT");
        TestCoordinator.ReadState(checkpoint).Should().Be(1, "the one before is as it was");
        // Another that writes to the same name, too.
        var rival = new ClusterCheckpoint(silo, "run");
        foreach (byte k in new byte[] { 3, 4 }) rival.TryWrite(writer => TestCoordinator.WriteState(writer, k)).Should().BeNull();
        checkpoint.TryWrite(writer => TestCoordinator.WriteState(writer, 5)).Should().Contain("another training has written");
        TestCoordinator.ReadState(rival).Should().Be(4);
        checkpoint.Delete();
        Keys(redis, "*/state/*").Should().BeEmpty();
    }

    [NeedsToolFact("postgres")]
    public async Task A_database_keeps_checkpoints_too()
    {
        await using PostgresServer postgres = await PostgresServer.Start();
        await using ClusterSilo silo = await ClusterSilo.StartAsync(TestSilo.Options(ClusterSpecification.Parse($"postgres:{postgres.ConnectionString}", "kept")));
        var checkpoint = new ClusterCheckpoint(silo, "run");
        for (byte k = 1; k <= 3; k++)
        {
            checkpoint.TryWrite(writer => TestCoordinator.WriteState(writer, k)).Should().BeNull();
            TestCoordinator.ReadState(new ClusterCheckpoint(silo, "run")).Should().Be(k);
        }

        checkpoint.Delete();
        checkpoint.Exists.Should().BeFalse();
    }

    [Fact]
    public async Task A_cluster_of_one_machine_keeps_none()
    {
        await using LocalCluster cluster = await LocalCluster.StartInProcessAsync(1, TestSilo.PartWork);
        FluentActions.Invoking(() => new ClusterCheckpoint(cluster.Coordinator, "run")).Should().Throw<ClusterException>().WithMessage("*name a file*Redis*");
    }

    private static int Number(string line) => int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);

    private static Process Start(params string[] arguments) => Tool.Start(Path.GetTempPath(), TestSilo.Program.FileName, [.. TestSilo.Program.Arguments, .. arguments]);

    private static RedisKey[] Keys(RedisServer redis, string pattern)
    {
        using var connection = ConnectionMultiplexer.Connect($"127.0.0.1:{redis.Port}");
        return [.. connection.GetServer("127.0.0.1", redis.Port).Keys(pattern: pattern)];
    }
}
