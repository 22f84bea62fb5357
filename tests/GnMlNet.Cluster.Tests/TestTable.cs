using System.Globalization;
using System.Text;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Tests;

/// <summary>A table of the tests: its vectors are made up of their part's number and the request, so that every order of adding them gives other bits.</summary>
/// <param name="Length">How many numbers a vector has.</param>
/// <param name="Milliseconds">How long a part takes.</param>
/// <param name="Shard">A file that must be there and hold the word of a shard, or nothing.</param>
internal sealed record TestTable(int Length, int Milliseconds = 0, string Shard = "")
{
    internal const string Kind = "test";

    internal const string ShardWord = "shard";

    /// <summary>A variable that makes the work of a process slower by a factor.</summary>
    internal const string Slowness = "GNMLNET_TEST_SLOWNESS";

    internal byte[] Description => Encoding.UTF8.GetBytes(FormattableString.Invariant($"{Length};{Milliseconds};{Shard}"));

    internal static TestTable Read(ReadOnlyMemory<byte> description, ShardFolders folders)
    {
        string[] fields = Encoding.UTF8.GetString(description.Span).Split(';', 3);
        var table = new TestTable(int.Parse(fields[0], CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture), fields[2]);
        if (table.Shard.Length > 0) folders.Resolve(table.Shard);
        if (table.Shard.Length > 0 && !File.Exists(table.Shard)) throw new FileNotFoundException($"There is no shard '{table.Shard}'.");
        if (table.Shard.Length > 0 && File.ReadAllText(table.Shard) != ShardWord) throw new ClusterException($"The shard '{table.Shard}' has another schema.");
        return table;
    }

    /// <summary>The vector of a part: numbers of many magnitudes and both signs.</summary>
    internal double[] Part(ReadOnlySpan<byte> request, int part)
    {
        int seed = part + 1;
        foreach (byte letter in request) seed = unchecked((seed * 31) + letter);
        var random = new Random(seed);
        double[] vector = new double[Length];
        for (int k = 0; k < vector.Length; k++) vector[k] = (random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(-30, 30));
        return vector;
    }

    /// <summary>The sum over all parts, computed here.</summary>
    internal double[] Sum(byte[] request, int parts) => SumTree.Sum(0, parts, part => Part(request, part));

    internal void Wait(CancellationToken cancellation)
    {
        int slowness = int.Parse(Environment.GetEnvironmentVariable(Slowness) ?? "1", CultureInfo.InvariantCulture);
        if (cancellation.WaitHandle.WaitOne(Milliseconds * slowness)) throw new OperationCanceledException(cancellation);
    }
}
