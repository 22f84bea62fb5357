using BenchmarkDotNet.Attributes;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Benchmarks;

/// <summary>
/// Predictions by ten networks of 8 inputs and 50 units (501 parameters each), half of them with bent features, and a kernel block of four members, two of which tell variances: a block of rows with intervals, the same rows
/// one by one, and their scores alone. Times are of one row. One thread.
/// </summary>
[MemoryDiagnoser]
public class PredictionBenchmarks
{
    private const int Inputs = 8;
    private const int Rows = 960;
    private const int VarianceCentres = 512;

    private readonly IntervalPrediction[] _predictions = new IntervalPrediction[Rows];
    private NetworkEnsemble _ensemble = null!;
    private float[] _features = [];

    /// <summary>How many centres each member of the block has; 0 for networks alone.</summary>
    [Params(0, 200, 800)]
    public int Centres { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var shape = new NetworkShape(Inputs, 50);
        int parameters = (int)shape.ParameterCount, variances = Math.Min(Centres, VarianceCentres);
        var plain = ColumnMap.Plain(new ColumnScale(0, 1));
        FeatureMap[] maps = [.. new[] { plain, plain with { Power = 0.5 } }.Select(column => new FeatureMap([.. Enumerable.Repeat(column, Inputs)]))];
        var random = new Random(BenchmarkData.Seed);
        double[] Draw(long count, double scale) => [.. Enumerable.Range(0, (int)count).Select(_ => scale * ((2 * random.NextDouble()) - 1))];
        double[] Rates() => [.. Draw(Inputs, 0.5).Select(Math.Abs)];
        NetworkMember MakeNetwork(int k) => new(new Network(shape, Activation.Tanh, Draw(parameters, 0.5)), k % 2, leverage: new Leverage(parameters, [.. Draw(PackedTriangle<float>.Length(parameters), 0.02).Select(value => (float)value)]));
        KernelMember MakeFunction(int k)
        {
            var kernel = new RadialKernel(0.5, Rates(), 0.5, Rates(), 10);
            double[] centres = Draw(Centres * Inputs, 2);
            PosteriorVariance? posterior = k % 2 == 0 ? new(kernel, centres[..(variances * Inputs)], Draw(PackedTriangle<double>.Length(variances), 0.02)) : null;
            return new KernelMember(k % 2, KernelForm.Exact, new KernelExpansion(kernel, centres, Draw(Centres, 1)), 0.05, 0, posterior);
        }

        EnsembleMember[] members = [.. Enumerable.Range(0, 10).Select(MakeNetwork), .. Enumerable.Range(0, Centres == 0 ? 0 : 4).Select(MakeFunction)];
        _ensemble = new NetworkEnsemble(maps, members, new ColumnScale(0, 1), new LabelRange(-100, 100), Centres == 0 ? 0 : 0.5) { Intervals = new PredictionIntervals(IntervalKind.Ensemble, 0.9, 0.05, 0, 1.6, 1) };
        _features = [.. Draw(Rows * Inputs, 2).Select(value => (float)value)];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public void IntervalsRowByRow()
    {
        for (int j = 0; j < Rows; j++) _predictions[j] = _ensemble.PredictInterval(_features.AsSpan(j * Inputs, Inputs));
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public void IntervalsOfABlock() => _ensemble.PredictIntervals(_features, _predictions);

    [Benchmark(OperationsPerInvoke = Rows)]
    public double Scores()
    {
        double sum = 0;
        for (int j = 0; j < Rows; j++) sum += _ensemble.Predict(_features.AsSpan(j * Inputs, Inputs));
        return sum;
    }
}
