using System.Runtime.CompilerServices;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Objectives;

/// <summary>The residuals of a network on one block of rows, and the block's share of the weighted Jacobian in factors; <see cref="NetworkResiduals"/> has the symbols. For any number of threads.</summary>
/// <param name="trained">The parameters that the Jacobian has columns for.</param>
/// <param name="activation">The activation.</param>
internal sealed class BlockResiduals(TrainedParameters trained, Activation activation)
{
    private readonly NetworkShape _shape = trained.Shape;

    /// <summary>sum_j w_j r_j^2.</summary>
    /// <param name="block">The rows, with a column of ones behind the inputs.</param>
    /// <param name="theta">All parameters of the network.</param>
    [SkipLocalsInit]
    internal double SumOfSquares(RowBlock block, ReadOnlySpan<double> theta)
    {
        Span<double> residual = stackalloc double[RowBlock.Capacity];
        Predict(block, theta, residual);
        return SubtractLabels(block, residual);
    }

    /// <summary>The network's values.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="theta">All parameters of the network.</param>
    /// <param name="values">Where they go, one for each row of a whole block.</param>
    [SkipLocalsInit]
    internal void Predict(RowBlock block, ReadOnlySpan<double> theta, Span<double> values)
    {
        Span<double> z = stackalloc double[RowBlock.Capacity], value = stackalloc double[RowBlock.Capacity];
        values.Fill(OutputBias(theta));
        for (int i = 0; i < _shape.HiddenSize; i++)
        {
            Preactivation(block, theta, i, z);
            activation.Evaluate(z, value);
            Vectors.AddScaled(value, theta[_shape.OutputWeight(i)], values);
        }
    }

    /// <summary>Makes the factors of diag(sqrt(w)) J.</summary>
    /// <param name="block">The rows, with a column of ones behind the inputs.</param>
    /// <param name="theta">All parameters of the network.</param>
    /// <param name="factors">Where they go.</param>
    /// <param name="residual">Where sqrt(w_j) r_j goes, one for each row of a whole block.</param>
    /// <returns>sum_j w_j r_j^2.</returns>
    [SkipLocalsInit]
    internal double Factor(RowBlock block, ReadOnlySpan<double> theta, JacobianFactors<double> factors, Span<double> residual)
    {
        Span<double> z = stackalloc double[RowBlock.Capacity], unused = stackalloc double[RowBlock.Capacity], rootWeight = stackalloc double[RowBlock.Capacity];
        Vectors.SquareRoot(block.Weights, rootWeight);
        for (int k = 0; k < _shape.UnitLength; k++) block.Column(k).CopyTo(factors.Input(k));

        residual.Fill(OutputBias(theta));
        for (int i = 0; i < _shape.HiddenSize; i++)
        {
            Span<double> slope = factors.Slope(i), value = trained.IncludeOutputLayer ? factors.Other(i) : unused;
            double outputWeight = theta[_shape.OutputWeight(i)];
            Preactivation(block, theta, i, z);
            activation.Evaluate(z, value, slope);
            Vectors.AddScaled(value, outputWeight, residual);
            Vectors.Multiply<double>(value, rootWeight, value);
            Vectors.MultiplyScaled(slope, outputWeight, rootWeight, slope);
        }

        if (trained.IncludeOutputLayer && _shape.HasBiases) rootWeight.CopyTo(factors.Other(_shape.HiddenSize));
        double sum = SubtractLabels(block, residual);
        Vectors.Multiply<double>(residual, rootWeight, residual);
        return sum;
    }

    private double OutputBias(ReadOnlySpan<double> theta) => _shape.HasBiases ? theta[_shape.OutputBias] : 0;

    private void Preactivation(RowBlock block, ReadOnlySpan<double> theta, int unit, Span<double> z) =>
        Vectors.Combine(block.Values, RowBlock.Stride, theta.Slice(_shape.HiddenWeight(unit, 0), _shape.InputSize), _shape.HasBiases ? theta[_shape.HiddenBias(unit)] : 0, z);

    /// <summary>Turns the network's values into residuals; returns the sum of their weighted squares.</summary>
    private static double SubtractLabels(RowBlock block, Span<double> values)
    {
        double sum = 0;
        for (int j = 0; j < values.Length; j++)
        {
            values[j] -= block.Labels[j];
            sum += block.Weights[j] * values[j] * values[j];
        }

        return sum;
    }
}
