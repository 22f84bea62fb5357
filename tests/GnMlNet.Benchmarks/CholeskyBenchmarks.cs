using BenchmarkDotNet.Attributes;
using GnMlNet.Core.LinearAlgebra;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace GnMlNet.Benchmarks;

/// <summary>
/// Factoring a positive definite matrix and solving one system with it: <see cref="Cholesky"/> against the plain loops of a textbook and against
/// MathNet's dense factorization. All three leave the matrix as it is. One thread each.
/// </summary>
[MemoryDiagnoser]
public class CholeskyBenchmarks
{
    private double[][] _matrix = [];
    private double[][] _factor = [];
    private double[] _right = [];
    private double[] _solution = [];
    private SymmetricMatrix _symmetric = null!;
    private Cholesky _cholesky = null!;
    private DenseMatrix _dense = null!;
    private DenseVector _denseRight = null!;

    [Params(144, 501, 1000)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Control.UseSingleThread();
        _matrix = BenchmarkData.LowerTriangle(Size);
        _symmetric = new SymmetricMatrix(Size);
        double[][] random = BenchmarkData.Rows(Size, Size);
        for (int i = 0; i < Size; i++)
        {
            // A diagonal that outweighs its row makes the matrix positive definite.
            for (int k = 0; k <= i; k++) _matrix[i][k] = i == k ? Size : random[i][k];
            _matrix[i].CopyTo(_symmetric.Row(i));
        }

        _dense = DenseMatrix.Create(Size, Size, (i, k) => _matrix[Math.Max(i, k)][Math.Min(i, k)]);
        _factor = BenchmarkData.LowerTriangle(Size);
        _cholesky = new Cholesky(Size, new WorkSharing(threads: 1));
        _right = BenchmarkData.Vector(Size);
        _denseRight = DenseVector.OfArray(_right);
        _solution = new double[Size];
    }

    [Benchmark(Baseline = true)]
    public double[] PlainLoop()
    {
        for (int i = 0; i < Size; i++)
        {
            double[] row = _factor[i];
            for (int j = 0; j <= i; j++)
            {
                double[] other = _factor[j];
                double sum = _matrix[i][j];
                for (int k = 0; k < j; k++) sum -= row[k] * other[k];
                row[j] = i == j ? Math.Sqrt(sum) : sum / other[j];
            }
        }

        for (int i = 0; i < Size; i++)
        {
            double sum = _right[i];
            for (int k = 0; k < i; k++) sum -= _factor[i][k] * _solution[k];
            _solution[i] = sum / _factor[i][i];
        }

        for (int i = Size - 1; i >= 0; i--)
        {
            double sum = _solution[i];
            for (int k = i + 1; k < Size; k++) sum -= _factor[k][i] * _solution[k];
            _solution[i] = sum / _factor[i][i];
        }

        return _solution;
    }

    [Benchmark]
    public Vector<double> MathNet() => _dense.Cholesky().Solve(_denseRight);

    [Benchmark]
    public bool Cholesky()
    {
        bool factored = _cholesky.TryFactor(_symmetric, shift: 0);
        _right.CopyTo(_solution, 0);
        _cholesky.Solve(_solution);
        return factored;
    }
}
