using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests;

/// <summary>Small random problems that many tests share.</summary>
internal static class Problems
{
    /// <summary>A network with parameters uniform in [-scale, scale].</summary>
    internal static Network RandomNetwork(NetworkShape shape, Random random, Activation? activation = null, double scale = 1.5) =>
        new(shape, activation ?? Activation.Tanh, RandomVector((int)shape.ParameterCount, random, scale));

    internal static double[] RandomVector(int length, Random random, double scale = 1) =>
        [.. Enumerable.Range(0, length).Select(_ => scale * ((2 * random.NextDouble()) - 1))];

    /// <summary>Rows with features uniform in [-2, 2] and the label that <paramref name="label"/> gives them.</summary>
    internal static RegressionData Table(int rows, int inputs, Random random, Func<double[], double> label, Func<int, double>? weight = null)
    {
        var data = new RegressionData(inputs);
        for (int j = 0; j < rows; j++)
        {
            double[] x = RandomVector(inputs, random, 2);
            data.Add(x, label(x), weight?.Invoke(j) ?? 1);
        }

        return data;
    }

    /// <summary>A smooth table with some noise, which no small network fits exactly.</summary>
    internal static RegressionData NoisyTable(int rows, int inputs, int seed, Func<int, double>? weight = null)
    {
        var random = new Random(seed);
        return Table(rows, inputs, random, x => Math.Sin(2 * x[0]) + (x[^1] * x[^1]) + (0.1 * random.NextDouble()), weight);
    }

    /// <summary>The least squares objective of a table in standardized units.</summary>
    internal static PenalizedLeastSquares Objective(
        RegressionData data, int hidden, double penalty = 0.01, Activation? activation = null, int threads = 1) =>
        new(BlockedRows.Of(data, Standardization.Measure(data)), new NetworkShape(data.InputSize, hidden), activation ?? Activation.Tanh, penalty, threads);

    /// <summary>E(theta) by the pass without derivatives.</summary>
    internal static double Loss(this PenalizedLeastSquares objective, double[] parameters) => objective.MeanSquaredError(parameters) + objective.Penalty(parameters);

    /// <summary>The loss, gradient and Gauss-Newton matrix at a point, of all rows unless a sample says otherwise.</summary>
    internal static (double Loss, double[] Gradient, SymmetricMatrix Matrix) Linearize(this PenalizedLeastSquares objective, double[] parameters, CurvatureSample? sample = null)
    {
        var gradient = new double[objective.Trained.Count];
        double loss = objective.LossAndGradient(parameters, gradient);
        var step = new LevenbergMarquardtStep(objective, StepForm.Primal, DampingMetric.Identity);
        step.Linearize(parameters, gradient, sample ?? CurvatureSample.Exact(objective.BlockCount));
        return (loss, gradient, step.Normal!.Matrix);
    }

    /// <summary>J, n x p, by products with the columns of the identity.</summary>
    internal static Matrix<double> Jacobian(DifferentiableModel model)
    {
        var j = Matrix<double>.Build.Dense(model.OutputCount, model.ParameterCount);
        for (int k = 0; k < model.ParameterCount; k++)
        {
            double[] unit = new double[model.ParameterCount], column = new double[model.OutputCount];
            unit[k] = 1;
            model.Multiply(unit, column);
            j.SetColumn(k, column);
        }

        return j;
    }

    /// <summary>The paper's model at a random start.</summary>
    internal static NullifiedNetworkModel NullifiedModel(int rows, int hidden, int inputs = 3, int seed = 1, Activation? activation = null)
    {
        var random = new Random(seed);
        RegressionData data = Table(rows, inputs, random, x => x[0]);
        return new NullifiedNetworkModel(data, SignedInitialization.Draw(inputs, hidden, activation ?? Activation.Tanh, random));
    }

    /// <summary>J of one row, whose weight is 1/n unless it is said: a number for every trained parameter.</summary>
    internal static double[] JacobianRow(this PenalizedLeastSquares objective, int row, double[] parameters, double? weight = null)
    {
        double[] result = [];
        double scale = 1 / Math.Sqrt(weight ?? 1.0 / objective.OutputCount);
        int first = 0;
        objective.ForEachGroup(parameters, blocks =>
        {
            foreach (JacobianFactors<double> at in blocks.Span)
            {
                int j = row - first;
                first += RowBlock.Capacity;
                if (j is < 0 or >= RowBlock.Capacity) continue;
                IEnumerable<double> hidden = from i in Enumerable.Range(0, at.UnitCount) from k in Enumerable.Range(0, at.InputCount) select scale * at.Slope(i)[j] * at.Input(k)[j];
                result = [.. hidden, .. Enumerable.Range(0, at.OtherCount).Select(l => scale * at.Other(l)[j])];
            }
        });
        return result;
    }

    internal static IEnumerable<(double[] Features, double Label, double Weight)> Rows(RegressionData data)
    {
        foreach (RowBlock block in data.Blocks)
        {
            for (int j = 0; j < block.RowCount; j++)
                yield return ([.. Enumerable.Range(0, data.InputSize).Select(k => block.Column(k)[j])], block.Labels[j], block.Weights[j]);
        }
    }
}
