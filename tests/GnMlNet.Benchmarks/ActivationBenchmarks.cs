using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using GnMlNet.Core.Networks;

namespace GnMlNet.Benchmarks;

/// <summary>
/// 4096 values of an activation, alone or with the slopes: <see cref="Activation.Evaluate(ReadOnlySpan{double}, Span{double})"/> against plain loops with
/// <see cref="Math.Tanh"/> and <see cref="Math.Exp"/>, whose slopes are products of the values and so lose digits where the function saturates.
/// </summary>
[MemoryDiagnoser, CategoriesColumn, GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class ActivationBenchmarks
{
    private const int Count = 4096;
    private const string Tanh = "tanh";
    private const string TanhAndSlope = "tanh and slope";
    private const string Logistic = "logistic";
    private const string LogisticAndSlope = "logistic and slope";

    private readonly double[] _z = BenchmarkData.Vector(Count, scale: 4);
    private readonly double[] _value = new double[Count];
    private readonly double[] _slope = new double[Count];

    [Benchmark(Baseline = true), BenchmarkCategory(Tanh)]
    public void PlainTanh()
    {
        for (int i = 0; i < _z.Length; i++) _value[i] = Math.Tanh(_z[i]);
    }

    [Benchmark, BenchmarkCategory(Tanh)]
    public void ActivationTanh() => Activation.Tanh.Evaluate(_z, _value);

    [Benchmark(Baseline = true), BenchmarkCategory(TanhAndSlope)]
    public void PlainTanhAndSlope()
    {
        for (int i = 0; i < _z.Length; i++)
        {
            _value[i] = Math.Tanh(_z[i]);
            _slope[i] = 1 - (_value[i] * _value[i]);
        }
    }

    [Benchmark, BenchmarkCategory(TanhAndSlope)]
    public void ActivationTanhAndSlope() => Activation.Tanh.Evaluate(_z, _value, _slope);

    [Benchmark(Baseline = true), BenchmarkCategory(Logistic)]
    public void PlainLogistic()
    {
        for (int i = 0; i < _z.Length; i++) _value[i] = 1 / (1 + Math.Exp(-_z[i]));
    }

    [Benchmark, BenchmarkCategory(Logistic)]
    public void ActivationLogistic() => Activation.Logistic.Evaluate(_z, _value);

    [Benchmark(Baseline = true), BenchmarkCategory(LogisticAndSlope)]
    public void PlainLogisticAndSlope()
    {
        for (int i = 0; i < _z.Length; i++)
        {
            _value[i] = 1 / (1 + Math.Exp(-_z[i]));
            _slope[i] = _value[i] * (1 - _value[i]);
        }
    }

    [Benchmark, BenchmarkCategory(LogisticAndSlope)]
    public void ActivationLogisticAndSlope() => Activation.Logistic.Evaluate(_z, _value, _slope);
}
