using BenchmarkDotNet.Attributes;
using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Tests;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace GnMlNet.Benchmarks;

/// <summary>
/// One whole Gauss-Newton step, (J^T W J + lambda D + mu I) s = -(J^T W r + lambda D theta): loss, gradient and <see cref="LevenbergMarquardtStep"/> against the same step
/// in MathNet, with J formed by a plain loop. One thread each. The large size is California Housing's, with all its training rows.
/// </summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    private const double Penalty = 1e-4;
    private const double Damping = 1e-2;

    private PenalizedLeastSquares _objective = null!;
    private LevenbergMarquardtStep _step = null!;
    private double[] _parameters = [];
    private double[] _gradient = [];
    private double[][] _inputs = [];
    private double[] _labels = [];
    private double _rootWeight;
    private DenseMatrix _jacobian = null!;
    private DenseVector _residuals = null!;

    public static IEnumerable<ProblemSize> Sizes => [ProblemSize.Small, new(16512, new NetworkShape(8, 50))];

    [ParamsSource(nameof(Sizes))]
    public ProblemSize Size { get; set; } = ProblemSize.Small;

    [GlobalSetup]
    public void Setup()
    {
        Control.UseSingleThread();
        RegressionData table = Problems.NoisyTable(Size.Rows, Size.Shape.InputSize, BenchmarkData.Seed);
        var data = BlockedRows.Of(table, Standardization.Measure(table));
        _objective = new PenalizedLeastSquares(data, Size.Shape, Activation.Tanh, Penalty, threads: 1, Size.Trained.IncludeOutputLayer);
        _step = new LevenbergMarquardtStep(_objective, StepForm.Primal, DampingMetric.Identity);
        _parameters = Initialization.Draw(Size.Shape, new Random(BenchmarkData.Seed));
        _gradient = new double[Size.Trained.Count];

        // With biases, the last input is the constant 1.
        _inputs = [.. data.Blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(j => Input(block, j)))];
        _labels = [.. data.Blocks.SelectMany(block => block.Labels[..block.RowCount])];
        _rootWeight = Math.Sqrt(1.0 / Size.Rows);
        _jacobian = new DenseMatrix(Size.Rows, Size.Trained.Count);
        _residuals = new DenseVector(Size.Rows);
    }

    [Benchmark(Baseline = true)]
    public Vector<double> MathNet()
    {
        for (int j = 0; j < _inputs.Length; j++) Differentiate(j);
        Vector<double> gradient = _jacobian.TransposeThisAndMultiply(_residuals);
        Matrix<double> matrix = _jacobian.TransposeThisAndMultiply(_jacobian);
        for (int a = 0; a < gradient.Count; a++)
        {
            double penalty = Size.Shape.IsBias(a) ? 0 : Penalty;
            gradient[a] += penalty * _parameters[a];
            matrix[a, a] += penalty + Damping;
        }

        return matrix.Cholesky().Solve(-gradient);
    }

    [Benchmark]
    public double[] StructuredStep()
    {
        _objective.LossAndGradient(_parameters, _gradient);
        _step.Linearize(_parameters, _gradient, CurvatureSample.Exact(_objective.BlockCount));
        _step.TryCompute(Damping);
        return _step.Direction;
    }

    private double[] Input(RowBlock block, int row) => [.. Enumerable.Range(0, Size.Shape.UnitLength).Select(k => block.Column(k)[row])];

    /// <summary>Sets a weighted residual and its row of the Jacobian.</summary>
    private void Differentiate(int row)
    {
        NetworkShape shape = Size.Shape;
        double[] x = _inputs[row];
        double output = shape.HasBiases ? _parameters[shape.OutputBias] : 0;
        for (int i = 0; i < shape.HiddenSize; i++)
        {
            double z = 0;
            for (int k = 0; k < x.Length; k++) z += _parameters[shape.HiddenWeight(i, k)] * x[k];
            double value = Math.Tanh(z), outputWeight = _parameters[shape.OutputWeight(i)];
            double slope = outputWeight * (1 - (value * value));
            for (int k = 0; k < x.Length; k++) _jacobian.At(row, shape.HiddenWeight(i, k), _rootWeight * slope * x[k]);
            if (Size.Trained.IncludeOutputLayer) _jacobian.At(row, shape.OutputWeight(i), _rootWeight * value);
            output += outputWeight * value;
        }

        if (Size.Trained.IncludeOutputLayer) _jacobian.At(row, shape.OutputBias, _rootWeight);
        _residuals[row] = _rootWeight * (output - _labels[row]);
    }
}
