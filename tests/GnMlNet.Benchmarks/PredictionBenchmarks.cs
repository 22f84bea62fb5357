using BenchmarkDotNet.Attributes;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Tests;

namespace GnMlNet.Benchmarks;

/// <summary>
/// The values of a network of 8 features and 50 units at 4096 rows, one row at a time: <see cref="Network.Predict(ReadOnlySpan{double})"/> against the plain
/// loop with <see cref="Math.Tanh"/> over the same weights.
/// </summary>
[MemoryDiagnoser]
public class PredictionBenchmarks
{
    private static readonly NetworkShape Shape = new(8, 50);

    private readonly double[][] _rows = BenchmarkData.Rows(4096, Shape.InputSize);
    private readonly Network _network = Problems.RandomNetwork(Shape, new Random(BenchmarkData.Seed));
    private double[][] _hiddenWeights = [];
    private double[] _hiddenBiases = [];
    private double[] _outputWeights = [];
    private double _outputBias;

    [GlobalSetup]
    public void Setup()
    {
        _hiddenWeights = [.. _network.HiddenWeights.ToArray().Chunk(Shape.InputSize)];
        _hiddenBiases = _network.HiddenBiases.ToArray();
        _outputWeights = _network.OutputWeights.ToArray();
        _outputBias = _network.OutputBias;
    }

    [Benchmark(Baseline = true)]
    public double PlainLoop()
    {
        double sum = 0;
        foreach (double[] row in _rows)
        {
            double output = _outputBias;
            for (int i = 0; i < _hiddenWeights.Length; i++)
            {
                double[] weights = _hiddenWeights[i];
                double z = _hiddenBiases[i];
                for (int k = 0; k < weights.Length; k++) z += weights[k] * row[k];
                output += _outputWeights[i] * Math.Tanh(z);
            }

            sum += output;
        }

        return sum;
    }

    [Benchmark]
    public double Predict()
    {
        double sum = 0;
        foreach (double[] row in _rows) sum += _network.Predict(row);
        return sum;
    }
}
