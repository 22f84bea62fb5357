using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Benchmarks;

/// <summary>
/// J v and J^T u of one block of 256 rows, for a network of 8 features and 50 units: <see cref="JacobianProducts"/> from the factors of J against plain loops
/// over the rows of the explicit J. Making the factors or J is not measured.
/// </summary>
[MemoryDiagnoser, CategoriesColumn, GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class JacobianProductsBenchmarks
{
    private const string Product = "J v";
    private const string TransposedProduct = "J^T u";

    private static readonly ProblemSize Size = new(RowBlock.Capacity, new NetworkShape(8, 50));

    private readonly JacobianFactors<double> _block = BenchmarkData.Factors(Size)[0];
    private readonly double[] _v = BenchmarkData.Vector(Size.Trained.Count);
    private readonly double[] _u = BenchmarkData.Vector(Size.Rows);
    private readonly double[] _rowTarget = new double[Size.Rows];
    private readonly double[] _parameterTarget = new double[Size.Trained.Count];
    private double[][] _jacobian = [];

    [GlobalSetup]
    public void Setup() => _jacobian = BenchmarkData.ExplicitRows(_block);

    [Benchmark(Baseline = true), BenchmarkCategory(Product)]
    public void PlainMultiply()
    {
        for (int j = 0; j < _jacobian.Length; j++)
        {
            double[] row = _jacobian[j];
            double sum = 0;
            for (int a = 0; a < row.Length; a++) sum += row[a] * _v[a];
            _rowTarget[j] = sum;
        }
    }

    [Benchmark, BenchmarkCategory(Product)]
    public void Multiply() => JacobianProducts.Multiply(_block, _v, _rowTarget);

    [Benchmark(Baseline = true), BenchmarkCategory(TransposedProduct)]
    public void PlainMultiplyTransposed()
    {
        Array.Clear(_parameterTarget);
        for (int j = 0; j < _jacobian.Length; j++)
        {
            double[] row = _jacobian[j];
            for (int a = 0; a < row.Length; a++) _parameterTarget[a] += row[a] * _u[j];
        }
    }

    [Benchmark, BenchmarkCategory(TransposedProduct)]
    public void MultiplyTransposed() => JacobianProducts.MultiplyTransposed(_block, _u, _parameterTarget);
}
