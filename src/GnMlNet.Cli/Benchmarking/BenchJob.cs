using System.Diagnostics;
using System.Runtime.InteropServices;
using GnMlNet.Cli.Internals;
using GnMlNet.Core.Networks;
using MathNet.Numerics.Statistics;

namespace GnMlNet.Cli.Benchmarking;

/// <summary>The measurements of <c>gnml bench</c>, on one thread, each a comparison within one interleaved run.</summary>
/// <param name="secondsEach">How long each comparison takes.</param>
/// <param name="stage">Told what is under way.</param>
internal sealed class BenchJob(double secondsEach, Action<string> stage)
{
    private readonly OpenBlas? _library = OpenBlas.TryLoad();

    internal BenchResult Run() => new(Machine(), _library?.Version, [.. Compare()], [.. Grow()]);

    private IEnumerable<BenchResult.Comparison> Compare()
    {
        ProblemSize[] sizes = [new(256, 8, 18, TrainsAll: false), new(20_640, 9, 50, TrainsAll: false), new(20_640, 9, 50, TrainsAll: true)];
        foreach (ProblemSize size in sizes) yield return Gram(size);
        foreach (ProblemSize size in sizes) yield return Step(size, withMathNet: true);
        yield return Step(new(1_000_000, 9, 20, TrainsAll: false), withMathNet: false);
        yield return Kernel(new(2000, 10, 2000, TrainsAll: false));
        yield return Prediction(rows: 10_000, inputs: 8, hidden: 50);
    }

    private IEnumerable<BenchResult.Doubling> Grow()
    {
        stage("Growth");
        ProblemSize size = new(8192, 9, 32, TrainsAll: true);
        ProblemSize[] sizes = [size, size with { Rows = 2 * size.Rows }, size with { Inputs = 2 * size.Inputs }, size with { Hidden = 2 * size.Hidden }];
        double[] times = Medians.Of(3 * secondsEach, [.. sizes.Select(at => new BenchmarkProblem(at).StructuredStep())]);
        yield return new(Invariant($"rows, from {size.Rows:N0}"), times[1] / times[0]);
        yield return new($"inputs, from {size.Inputs} with the bias", times[2] / times[0]);
        yield return new($"hidden units, from {size.Hidden}", times[3] / times[0]);
    }

    private BenchResult.Comparison Gram(ProblemSize size)
    {
        stage($"Gram matrix: {size}");
        var problem = new BenchmarkProblem(size);
        var peaks = new List<double>();
        double[] times = Medians.Of(secondsEach, problem.Gram(), WithLibrary(new ExplicitStep(problem).Gram), () => peaks.Add(PeakRate.Measure()));
        return new($"Gram matrix, {size}", times[0], problem.GramOperations / times[0] / 1e6, peaks.Median(), OfLibrary(times));
    }

    private BenchResult.Comparison Step(ProblemSize size, bool withMathNet)
    {
        stage($"Step: {size}");
        // Each on a copy of its own: an objective remembers the point that it was evaluated at last.
        var rival = new ExplicitStep(new BenchmarkProblem(size));
        double[] times = Medians.Of(secondsEach, new BenchmarkProblem(size).StructuredStep(), WithLibrary(rival.WithOpenBlas));
        double? plain = null;
        if (withMathNet)
        {
            stage($"Step with MathNet.Numerics: {size}");
            MathNet.Numerics.Control.UseSingleThread();
            // Once is enough for what takes seconds; twice, since the first time includes compiling.
            Action step = rival.WithMathNet();
            for (int i = 0; i < 2; i++)
            {
                long start = Stopwatch.GetTimestamp();
                step();
                plain = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        return new($"Whole step, {size}", times[0], OpenBlas: OfLibrary(times), Plain: plain);
    }

    private BenchResult.Comparison Kernel(ProblemSize size)
    {
        stage("Dual kernel");
        var problem = new BenchmarkProblem(size);
        double[] times = Medians.Of(secondsEach, problem.Kernel(), WithLibrary(library => ExplicitStep.Kernel(problem, library)));
        return new($"Dual kernel, {size}", times[0], OpenBlas: OfLibrary(times));
    }

    private BenchResult.Comparison Prediction(int rows, int inputs, int hidden)
    {
        stage("Prediction");
        var random = new Random(1);
        var shape = new NetworkShape(inputs, hidden);
        var network = new Network(shape, Activation.Tanh, Initialization.Draw(shape, random));
        var features = new float[rows * inputs];
        for (int i = 0; i < features.Length; i++) features[i] = (4 * random.NextSingle()) - 2;
        double sink = 0;
        double[] times = Medians.Of(
            secondsEach,
            () =>
            {
                for (int j = 0; j < rows; j++) sink += network.Predict(features.AsSpan(j * inputs, inputs));
            },
            () =>
            {
                for (int j = 0; j < rows; j++) sink += PlainPrediction(network, features.AsSpan(j * inputs, inputs));
            });
        return new(Invariant($"Prediction, {rows:N0} rows, {inputs} inputs, {hidden} units"), double.IsNaN(sink) ? sink : times[0], Plain: times[1]);
    }

    private static double PlainPrediction(Network network, ReadOnlySpan<float> features)
    {
        ReadOnlySpan<double> weights = network.HiddenWeights, biases = network.HiddenBiases, output = network.OutputWeights;
        double sum = network.OutputBias;
        for (int i = 0; i < output.Length; i++)
        {
            double z = biases[i];
            for (int k = 0; k < features.Length; k++) z += weights[(i * features.Length) + k] * features[k];
            sum += output[i] * Math.Tanh(z);
        }

        return sum;
    }

    private Action WithLibrary(Func<OpenBlas, Action> work) => _library is null ? () => { } : work(_library);

    private double? OfLibrary(double[] times) => _library is null ? null : times[1];

    /// <summary>The machine in one line.</summary>
    internal static string Machine()
    {
        const string file = "/proc/cpuinfo", key = "model name";
        string? model = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
        return Invariant($"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} processors, vectors of {PeakRate.VectorBits} bits, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
    }
}
