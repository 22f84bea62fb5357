using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Minimizers;

/// <summary>F = E/2 with gradient and Hessian in double: what finds its way to a minimum. No guarantee.</summary>
internal sealed class ApproximateObjective
{
    // Of activations: more than doubles have.
    private const int FractionBits = 64;

    // Beyond this a sigmoid is constant in double.
    private const double GreatestArgument = 40;

    private readonly RecordedRun _run;
    private readonly ParameterLayout _layout;
    private readonly double[] _inputs;
    private readonly double[] _penalties;
    private readonly BigInteger[] _arguments;
    private readonly BigInteger[] _tanh;
    private readonly BigInteger[] _slopes;
    private readonly double[] _row;

    internal ApproximateObjective(TrainingObjective objective)
    {
        (_run, _layout, _penalties) = (objective.Run, objective.Run.Layout, [.. objective.Penalties]);
        _inputs = [.. _run.Rows.SelectMany(row => _run.Biases ? [.. row.X, 1.0] : row.X)];
        int n = _run.Rows.Count * _layout.Units;
        (_arguments, _tanh, _slopes, _row) = (new BigInteger[n], new BigInteger[n], new BigInteger[n], new double[_penalties.Length]);
    }

    private int InputCount => _layout.UnitSize;

    /// <summary>F.</summary>
    internal double Value(double[] theta)
    {
        Activate(theta);
        double sum = 0;
        for (int j = 0; j < _run.Rows.Count; j++)
        {
            double residual = Residual(theta, j);
            sum += _run.Rows[j].Weight * residual * residual;
        }

        for (int i = 0; i < theta.Length; i++) sum += _penalties[i] * theta[i] * theta[i];
        return sum / 2;
    }

    /// <summary>g and H, the latter row by row.</summary>
    internal (double[] Gradient, double[] Hessian) Derivatives(double[] theta)
    {
        int p = theta.Length;
        Activate(theta);
        double[] gradient = new double[p], hessian = new double[p * p];
        for (int j = 0; j < _run.Rows.Count; j++)
        {
            double weight = _run.Rows[j].Weight, force = weight * Residual(theta, j);
            SetJacobianRow(theta, j);
            for (int a = 0; a < p; a++)
            {
                gradient[a] += force * _row[a];
                double weighted = weight * _row[a];
                Span<double> target = hessian.AsSpan(a * p, a + 1);
                for (int b = 0; b < target.Length; b++) target[b] += weighted * _row[b];
            }

            AddSecondDerivative(theta, j, force, hessian);
        }

        for (int a = 0; a < p; a++)
        {
            gradient[a] += _penalties[a] * theta[a];
            hessian[(a * p) + a] += _penalties[a];
            for (int b = 0; b < a; b++) hessian[(b * p) + a] = hessian[(a * p) + b];
        }

        return (gradient, hessian);
    }

    private void Activate(double[] theta)
    {
        for (int k = 0; k < _arguments.Length; k++)
        {
            (int row, int unit) = (k / _layout.Units, k % _layout.Units);
            double z = 0;
            for (int i = 0; i < InputCount; i++) z += _inputs[(row * InputCount) + i] * theta[_layout.Hidden(unit, i)];
            _arguments[k] = (BigInteger)Math.ScaleB(Math.Clamp(double.IsNaN(z) ? 0 : z, -GreatestArgument, GreatestArgument), FractionBits - (IsLogistic ? 1 : 0));
        }

        FastKernels.Instance.Tanh(_arguments, FractionBits, _tanh, _slopes);
    }

    private bool IsLogistic => _run.Activation == Sigmoid.Logistic;

    private double Activation(int row, int unit)
    {
        double tanh = Math.ScaleB((double)_tanh[(row * _layout.Units) + unit], -FractionBits);
        return IsLogistic ? (1 + tanh) / 2 : tanh;
    }

    private double Slope(int row, int unit) => Math.ScaleB((double)_slopes[(row * _layout.Units) + unit], -FractionBits - (IsLogistic ? 2 : 0));

    private double Residual(double[] theta, int row)
    {
        double sum = _layout.HasBiases ? theta[_layout.OutputBias] : 0;
        for (int i = 0; i < _layout.Units; i++) sum += theta[_layout.Output(i)] * Activation(row, i);
        return sum - _run.Rows[row].Y;
    }

    private void SetJacobianRow(double[] theta, int row)
    {
        for (int i = 0; i < _layout.Units; i++)
        {
            double factor = theta[_layout.Output(i)] * Slope(row, i);
            for (int k = 0; k < InputCount; k++) _row[_layout.Hidden(i, k)] = factor * _inputs[(row * InputCount) + k];
            _row[_layout.Output(i)] = Activation(row, i);
        }

        if (_layout.HasBiases) _row[_layout.OutputBias] = 1;
    }

    private void AddSecondDerivative(double[] theta, int row, double force, double[] hessian)
    {
        int p = theta.Length;
        ReadOnlySpan<double> x = _inputs.AsSpan(row * InputCount, InputCount);
        for (int i = 0; i < _layout.Units; i++)
        {
            double slope = Slope(row, i), value = Activation(row, i), curvature = IsLogistic ? slope * (1 - (2 * value)) : -2 * value * slope;
            double block = force * theta[_layout.Output(i)] * curvature, side = force * slope;
            for (int k = 0; k < InputCount; k++)
            {
                int at = _layout.Hidden(i, k);
                for (int l = 0; l <= k; l++) hessian[(at * p) + _layout.Hidden(i, l)] += block * x[k] * x[l];
                // Output weights stand behind all hidden ones: below the diagonal.
                hessian[(_layout.Output(i) * p) + at] += side * x[k];
            }
        }
    }
}
