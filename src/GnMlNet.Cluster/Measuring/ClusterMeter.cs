using System.Diagnostics;
using GnMlNet.Cluster.Coordination;
using GnMlNet.Cluster.Costs;
using GnMlNet.Cluster.Messages;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cluster.Measuring;

/// <summary>Measures what a cluster does in a second.</summary>
/// <param name="coordinator">The silo of this process, which computes nothing itself.</param>
/// <param name="silos">How many others compute.</param>
/// <param name="effort">How much is done for it.</param>
internal sealed class ClusterMeter(ClusterSilo coordinator, int silos, MeasuringEffort effort)
{
    // A call is short, so that a median needs many; that many at once are a crowd.
    private const int EmptySums = 100, Crowd = 16, CrowdedSums = 400;

    // Of two figures that differ by noise alone the difference means nothing: no less than this share of the first.
    private const double LeastDifference = 0.01;

    /// <summary>The kinds of tables that silos must know for it.</summary>
    internal static IReadOnlyDictionary<string, IPartWorkFactory> PartWork { get; } = new Dictionary<string, IPartWorkFactory>
    {
        [NumbersWorkFactory.Kind] = new NumbersWorkFactory(),
        [GeneratedRows.Kind] = new GeneratedRows.Factory(),
    };

    /// <summary>Measures.</summary>
    /// <param name="rows">The rows that are passed over.</param>
    /// <param name="inputs">Their inputs.</param>
    /// <param name="hiddenUnits">The hidden units of the network.</param>
    /// <param name="doubles">The numbers of the long vectors that tell the bandwidth.</param>
    /// <param name="before">Rates that were measured before, from which passes are predicted; or null.</param>
    /// <exception cref="ClusterException">A silo does not know the work, or fails.</exception>
    internal async Task<ClusterMeasurement> Measure(long rows, int inputs, int hiddenUnits, int doubles, ClusterRates? before)
    {
        double solving = Solving(new NetworkShape(inputs, hiddenUnits), effort.Repeats);
        (double empty, double ofCall, double call) = await Calls().ConfigureAwait(false);
        double bytes = await Bandwidth(doubles, ofCall, call).ConfigureAwait(false);

        var table = new GeneratedTable(rows, inputs);
        var task = new TrainingTask { Rows = rows, Inputs = inputs, HiddenUnits = hiddenUnits };
        PassCosts? costs = before is null ? null : new PassCosts(task, before, silos, effort.AtOnce);
        var opened = await coordinator.OpenTableAsync(GeneratedRows.Kind, table.Description, table.Parts).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false))
        {
            var shape = new NetworkShape(inputs, hiddenUnits);
            var point = new PassPoint(shape, Activation.Tanh, Map: 0, Initialization.Draw(shape, new Random(0)));
            BlockChoice all = new(null, RowSample.All(1)), sampled = new(null, new RowSample(0, 1, 2));
            PassTimes gradient = await Passes(opened, new GradientPass(point, all, rows), rows, costs?.Gradient).ConfigureAwait(false);
            PassTimes gram = await Passes(opened, new GramPass(point, all, rows, inSinglePrecision: false), rows, costs?.Gram).ConfigureAwait(false);
            long sampleRows = Math.Min(rows, (long)table.Parts * RowBlock.Capacity);
            PassTimes sample = await Passes(opened, new GramPass(point, sampled, rows, inSinglePrecision: false), sampleRows, costs?.Sample).ConfigureAwait(false);

            // A pass over all rows and one over a block of every part differ in their rows and have as many vectors to add up.
            double ofRow = sampleRows < rows ? Math.Max(gram.CoreSeconds - sample.CoreSeconds, LeastDifference * gram.CoreSeconds) / (rows - sampleRows) : gram.CoreSeconds / rows;
            double ofParts = Math.Max(sample.CoreSeconds - (sampleRows * ofRow), LeastDifference * sample.CoreSeconds), gradientOfRow = gradient.CoreSeconds / rows;
            return new ClusterMeasurement(silos, rows, inputs, hiddenUnits, table.Parts, effort.AtOnce, gradient, gram, sample, empty, new ClusterRates
            {
                CallSeconds = call,
                CoordinatorSecondsOfCall = ofCall,
                BytesPerSecond = bytes,
                GradientProductsPerSecond = task.GradientProducts / gradientOfRow,
                GramProductsPerSecond = task.GramProducts / Math.Max(ofRow - gradientOfRow, LeastDifference * ofRow),
                NumbersPerSecond = table.Parts * task.TriangleNumbers / ofParts,
                SolvingProductsPerSecond = solving,
            });
        }
    }

    /// <summary>Sums of one number: the seconds of one, those of the processor for a call, and those of waiting for a call.</summary>
    private async Task<(double Sum, double OfCall, double Call)> Calls()
    {
        // As many parts as silos: all have one.
        var table = await coordinator.OpenTableAsync(NumbersWorkFactory.Kind, NumbersWorkFactory.Description(1), silos).ConfigureAwait(false);
        await using (table.ConfigureAwait(false))
        {
            double sum = await Median(EmptySums, () => Empty(table)).ConfigureAwait(false);
            TimeSpan before = Environment.CpuUsage.TotalTime;
            for (int k = 0; k < CrowdedSums; k += Crowd) await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => Empty(table))).ConfigureAwait(false);
            // Each silo is asked to begin, read from, and told to forget.
            double ofCall = (Environment.CpuUsage.TotalTime - before).TotalSeconds / (CrowdedSums * 3.0 * silos);
            return (sum, ofCall, Math.Max(sum - (3 * silos * ofCall / Environment.ProcessorCount), LeastDifference * sum) / 2);
        }

        static async Task Empty(ClusterTable table) => await table.SumAsync(ReadOnlyMemory<byte>.Empty).ConfigureAwait(false);
    }

    /// <summary>Bytes a second of long vectors, one from every node of the tree in the range of a silo.</summary>
    private async Task<double> Bandwidth(int doubles, double ofCall, double call)
    {
        var shares = PartShares.Of(silos, silos);
        var table = await coordinator.OpenTableAsync(NumbersWorkFactory.Kind, NumbersWorkFactory.Description(doubles), silos).ConfigureAwait(false);
        await using (table.ConfigureAwait(false))
        {
            double seconds = await Median(effort.Repeats, async () =>
            {
                double[] sum = await table.SumAsync(ReadOnlyMemory<byte>.Empty).ConfigureAwait(false);
                if (sum.Length != doubles || sum[^1] != silos * (silos + 1) / 2.0 * (doubles - 1)) throw new ClusterException("The sum is wrong.");
            }).ConfigureAwait(false);
            double chunks = Math.Ceiling(sizeof(double) * (double)doubles / Block.ChunkBytes);
            double waiting = ((1 + Math.Ceiling(chunks / Chunks.ReadsInFlight)) * call) + (shares.Nodes * chunks * ofCall / Environment.ProcessorCount);
            return sizeof(double) * (double)doubles * shares.Nodes / Math.Max(seconds - waiting, LeastDifference * seconds);
        }
    }

    private async Task<PassTimes> Passes(ClusterTable table, RowPass pass, long rows, double? predicted)
    {
        byte[] request = PassBytes.Of(pass);
        var cores = new List<double>();
        double seconds = await Median(effort.Repeats, async () =>
        {
            double[][] sums = await Task.WhenAll(Enumerable.Range(0, effort.AtOnce).Select(_ => table.SumAsync(request).AsTask())).ConfigureAwait(false);
            cores.Add(sums.Average(sum => sum[^1]));
        }).ConfigureAwait(false);
        return new PassTimes(rows, seconds / effort.AtOnce, Middle(cores.TakeLast(effort.Repeats)), predicted);
    }

    /// <summary>The median seconds of something, after it was done for a while: machine code gets better with use.</summary>
    private async Task<double> Median(int repeats, Func<Task> work)
    {
        long begin = Stopwatch.GetTimestamp();
        do await work().ConfigureAwait(false);
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < effort.WarmUpSeconds);
        var seconds = new List<double>();
        for (int k = 0; k < repeats; k++)
        {
            long start = Stopwatch.GetTimestamp();
            await work().ConfigureAwait(false);
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return Middle(seconds);
    }

    private static double Middle(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }

    /// <summary>Multiplications with an addition a second of a factor with its inverse, on a core of this machine.</summary>
    private static double Solving(NetworkShape shape, int repeats)
    {
        int size = checked((int)shape.ParameterCount);
        var matrix = new SymmetricMatrix(size);
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k < i; k++) matrix[i, k] = 1.0 / (1 + i + k);
            matrix[i, i] = size;
        }

        var cholesky = new Cholesky(size, new WorkSharing(threads: 1));
        var seconds = new double[repeats + 1];
        for (int k = 0; k < seconds.Length; k++)
        {
            long start = Stopwatch.GetTimestamp();
            cholesky.TryFactor(matrix, shift: 0);
            cholesky.Invert();
            seconds[k] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return 2 * Cholesky.Products(size) / Middle(seconds);
    }
}
