using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using GnMlNet.Cli.Clustering;
using GnMlNet.Cluster;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Work;
using Parquet;
using Parquet.Schema;

namespace GnMlNet.Cli.Tests;

/// <summary><c>gnml train --shards</c>: silos read the files of the table themselves.</summary>
public sealed class ShardTests : IDisposable
{
    // From 65,536 training rows on training passes over them.
    private const int Rows = 68_000;

    // So many features that the rows are of several parts, and that members hold only some of them.
    private const int KindCount = 50;

    private readonly CommandLine _gnml = new();
    private readonly int _port = GnmlProcess.FreePort();

    public void Dispose() => _gnml.Dispose();

    [Fact]
    public async Task The_model_is_that_of_training_here_with_one_silo_with_two_and_with_one_that_is_killed()
    {
        string folder = Directory.CreateDirectory(_gnml.PathOf("data")).FullName;
        await WriteShards(folder);
        string[] Words(string model) =>
        [
            "train", "--data", Path.Combine(folder, "*"), "--label", "y", "--test-fraction", "0.02", "--kernel", "none", "--ensemble", "2", "--hidden", "1", "--iterations", "1", "--intervals", "None", "--no-baselines", "--out", _gnml.PathOf(model),
        ];
        CommandLine.Succeed(Words("here.zip"));
        IReadOnlyList<string> expected = SavedModelContents.Of(_gnml.PathOf("here.zip"));
        var created = new SemaphoreSlim(0);
        var factory = new Watched(ShardFactory(), () => created.Release());
        await using ClusterSilo first = await StartSilo(factory, folder);

        CommandLine.Succeed([.. Words("one.zip"), "--cluster", $"local@{_port}", "--shards"]);
        SavedModelContents.Of(_gnml.PathOf("one.zip")).Should().Equal(expected);
        using Process second = GnmlProcess.Start("silo", "--cluster", $"local@{_port}", "--name", "second", "--ends-with-input", "--allow", folder, "--memory-limit", "1MB", "--temporary-folder", _gnml.Folder);
        (await second.StandardOutput.ReadLineAsync()).Should().StartWith("silo ready");
        CommandLine.Succeed([.. Words("two.zip"), "--cluster", $"local@{_port}", "--shards"]);
        SavedModelContents.Of(_gnml.PathOf("two.zip")).Should().Equal(expected);

        while (created.CurrentCount > 0) await created.WaitAsync();
        Task<CommandLine.Outcome> training = Task.Run(() => CommandLine.Run([.. Words("killed.zip"), "--cluster", $"local@{_port}", "--shards"]));
        int moment = Random.Shared.Next(0, 2000);
        await created.WaitAsync(TimeSpan.FromMinutes(1));
        await Task.Delay(moment);
        second.Kill();
        (await training).Code.Should().Be(Common.ExitCode.Success, (await training).Errors);
        SavedModelContents.Of(_gnml.PathOf("killed.zip")).Should().Equal(expected, $"the second silo was killed {moment} ms after the table was opened");
    }

    [Fact]
    public async Task A_shard_that_a_silo_lacks_or_that_is_another_than_training_has_is_named_with_the_silo()
    {
        string folder = Directory.CreateDirectory(_gnml.PathOf("data")).FullName, one = Path.Combine(folder, "1.csv"), two = Path.Combine(folder, "2.csv");
        void WriteLines(string path, int first, int count) => File.WriteAllLines(path, ["x,y", .. Enumerable.Range(first, count).Select(j => $"{1000 + (j % 997)},{1000 + (j % 31)}")]);
        WriteLines(one, 0, 40_000);
        WriteLines(two, 40_000, Rows - 40_000);
        Action change = () => { };
        await using ClusterSilo silo = await StartSilo(new Watched(ShardFactory(), () => change()), folder);
        string[] words = ["train", "--data", one, "--data", two, "--label", "y", "--test-fraction", "0.02", "--kernel", "none", "--ensemble", "2", "--hidden", "1", "--iterations", "1", "--no-baselines", "--out", _gnml.PathOf("m.zip"), "--cluster", $"local@{_port}", "--shards"];
        void ShouldFail(Action<string[]> sabotage, params string[] reasons)
        {
            string[] lines = File.ReadAllLines(two);
            change = () =>
            {
                change = () => { };
                sabotage(lines);
            };
            string message = CommandLine.Fail(words);
            foreach (string reason in reasons.Append("alone").Append(two)) message.Should().Contain(reason);
            WriteLines(two, 40_000, Rows - 40_000);
        }

        ShouldFail(_ => File.Delete(two), "There is no shard");
        ShouldFail(lines => File.AppendAllText(two, "1,1\n"), "bytes, but had", "changed since");
        ShouldFail(lines => File.WriteAllLines(two, lines.Select((line, j) => j == 20_000 ? "9" + line[1..] : line)), "others than those that training began with");
        ShouldFail(lines => File.WriteAllLines(two, lines.Select((line, j) => j == 0 ? "z,y" : line)), "it lacks 'x'", "has 'z' instead");
        ShouldFail(lines => File.WriteAllLines(two, lines.Select((line, j) => j == 5 ? "abcd" + line[4..] : line)), "line 6, column 'x'", "'abcd' is not a number");
        File.Exists(_gnml.PathOf("m.zip")).Should().BeFalse();
        CommandLine.Succeed(words);

        string elsewhere = Path.Combine(Directory.CreateDirectory(_gnml.PathOf("elsewhere")).FullName, "2.csv");
        File.Move(two, elsewhere);
        words[4] = elsewhere;
        CommandLine.Fail(words).Should().Contain("alone").And.Contain($"'{elsewhere}' is refused").And.Contain("--allow");
    }

    [Fact]
    public void What_shards_need_is_told()
    {
        string table = _gnml.WriteTable();
        foreach (string[] more in new string[][] { ["--data", table, "--label", "y", "--shards"], ["--cluster", "local:2", "--shards"], ["--data", table, "--label", "y", "--cluster", "local:2", "--shards", "--cluster-folder", "."] })
            CommandLine.Run(["train", .. more]).Code.Should().Be(Common.ExitCode.Usage);
        CommandLine.Fail("silo", "--cluster", "local", "--temporary-folder", _gnml.PathOf("none")).Should().Contain("--temporary-folder: there is no folder");
    }

    // Rows with all that a table can have, in files of different formats.
    private static async Task WriteShards(string folder)
    {
        string[] Kinds(int j) => [$"k{j * 7919L % KindCount}", $"k{j * 104729L % KindCount}", $"k{j / 3 % KindCount}"];
        string X(int j) => j % 50 == 3 ? "NA" : CommandLine.Text(Math.Round(Math.Sin(j), 6));
        string Day(int j) => new DateTime(2020, 1, 1).AddDays(j % 900).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        double Y(int j) => Math.Round(Math.Sin(j) + (j * 7919L % KindCount / 100.0), 6);
        string Label(int j) => j % 300 == 7 ? "" : CommandLine.Text(Y(j));
        string Line(int j, char delimiter, string quote) => string.Join(delimiter, [.. Kinds(j), X(j), Day(j), $"{quote}{Label(j)}{quote}"]);
        File.WriteAllLines(Path.Combine(folder, "1.csv"), ["kind,sort,place,x,day,y", .. Enumerable.Range(0, 21_000).Select(j => Line(j, ',', ""))]);
        File.WriteAllLines(Path.Combine(folder, "3.csv"), ["kind;sort;place;x;day;y", .. Enumerable.Range(40_000, 9000).Select(j => Line(j, ';', "\""))]);
        await using (var zip = new StreamWriter(new GZipStream(File.Create(Path.Combine(folder, "4.csv.gz")), CompressionLevel.Fastest)))
        {
            zip.Write("kind,sort,place,x,day,y\n");
            for (int j = 49_000; j < Rows; j++) zip.Write(Line(j, ',', "") + "\n");
        }

        DataField[] fields = [.. new[] { "kind", "sort", "place" }.Select(name => new DataField(name, typeof(string), isNullable: false)), new("x", typeof(double), isNullable: true), new DateTimeDataField("day", DateTimeFormat.Date, isNullable: false), new("y", typeof(double), isNullable: true)];
        await using FileStream stream = File.Create(Path.Combine(folder, "2.parquet"));
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields.Cast<Field>()), stream);
        foreach (int[] chunk in Enumerable.Range(21_000, 19_000).Chunk(5000))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int k = 0; k < 3; k++) await group.WriteAsync(fields[k], Array.ConvertAll(chunk, j => (string?)Kinds(j)[k]));
            await group.WriteAsync<double>(fields[3], Array.ConvertAll(chunk, j => X(j) == "NA" ? (double?)null : double.Parse(X(j), CultureInfo.InvariantCulture)));
            await group.WriteAsync<DateTime>(fields[4], Array.ConvertAll(chunk, j => DateTime.Parse(Day(j), CultureInfo.InvariantCulture)));
            await group.WriteAsync<double>(fields[5], Array.ConvertAll(chunk, j => Label(j).Length == 0 ? (double?)null : Y(j)));
        }
    }

    private Task<ClusterSilo> StartSilo(IPartWorkFactory factory, string folder) => ClusterSilo.StartAsync(new ClusterSiloOptions
    {
        Cluster = ClusterSpecification.Parse($"local@{_port}", ClusterSpecification.DefaultClusterId),
        Name = "alone",
        PartWork = new Dictionary<string, IPartWorkFactory> { [ShardWorkFactory.Kind] = factory },
        Folders = new ShardFolders([folder]),
    });

    private static ShardWorkFactory ShardFactory() => new(memoryLimit: null, temporaryFolder: null);

    /// <summary>Says when a table is opened.</summary>
    private sealed class Watched(IPartWorkFactory factory, Action opened) : IPartWorkFactory
    {
        public IPartWork Create(ReadOnlyMemory<byte> description, ShardFolders folders, CancellationToken cancellation)
        {
            opened();
            return factory.Create(description, folders, cancellation);
        }
    }
}
