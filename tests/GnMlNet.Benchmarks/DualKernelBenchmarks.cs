using BenchmarkDotNet.Attributes;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Benchmarks;

/// <summary>
/// The lower triangle of J J^T for as many units as rows and 10 features: <see cref="DualKernel"/> from the factors of J against the plain loop over the rows
/// of the explicit J. Making the factors or J is not measured. One thread each. The explicit J is what limits the sizes.
/// </summary>
[MemoryDiagnoser]
public class DualKernelBenchmarks
{
    private double[][] _jacobian = [];
    private double[][] _plain = [];
    private DualKernel _kernel = null!;
    private SymmetricMatrix _matrix = null!;

    [Params(256, 512)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var size = new ProblemSize(Rows, new NetworkShape(10, Rows));
        JacobianFactors<double>[] blocks = BenchmarkData.Factors(size);
        _jacobian = BenchmarkData.ExplicitRows(blocks);
        _plain = BenchmarkData.LowerTriangle(Rows);
        _kernel = new DualKernel(Rows, size.Shape.HiddenSize, size.Shape.UnitLength, size.Trained.OtherCount, new WorkSharing(1));
        for (int i = 0; i < blocks.Length; i++) _kernel.SetRows(i * RowBlock.Capacity, RowBlock.Capacity, blocks[i]);
        _matrix = new SymmetricMatrix(Rows);
    }

    [Benchmark(Baseline = true)]
    public void PlainLoop()
    {
        for (int i = 0; i < Rows; i++)
        {
            double[] row = _jacobian[i];
            for (int j = 0; j <= i; j++)
            {
                double[] other = _jacobian[j];
                double sum = 0;
                for (int a = 0; a < row.Length; a++) sum += row[a] * other[a];
                _plain[i][j] = sum;
            }
        }
    }

    [Benchmark]
    public void DualKernel() => _kernel.Compute(_matrix, biases: null);
}
