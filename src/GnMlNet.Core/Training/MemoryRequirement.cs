using System.Globalization;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Training;

/// <summary>The memory that training asks for, known before any of it is.</summary>
/// <param name="Shape">The network.</param>
/// <param name="RowCount">n, training and validation rows together.</param>
public readonly record struct MemoryRequirement(NetworkShape Shape, long RowCount)
{
    /// <summary>
    /// The least bytes that training can do with: the rows in raw and in standardized units, in whole blocks, the factors of the Jacobian, and the vectors of
    /// the matrix-free step. The other forms of the step use what the limit leaves for their matrices.
    /// Sizes beyond 2^63 come out as <see cref="long.MaxValue"/>.
    /// </summary>
    public long Bytes
    {
        get
        {
            double total = BytesWithoutStep + ConjugateGradientSystem.Bytes(new TrainedParameters(Shape));
            return total >= long.MaxValue ? long.MaxValue : (long)total;
        }
    }

    /// <summary>The bytes of the rows and of the factors of the Jacobian.</summary>
    internal double BytesWithoutStep
    {
        get
        {
            double blocks = Math.Ceiling((double)RowCount / RowBlock.Capacity);
            double rows = 2 * blocks * RowBlock.Stride * (Shape.InputSize + 3.0) * sizeof(double);
            return rows + NetworkResiduals.WorkspaceBytes(new TrainedParameters(Shape), blocks);
        }
    }

    /// <summary>The largest number of hidden units that would fit into <paramref name="limit"/> bytes with these rows; 0 where none does.</summary>
    public int LargestHiddenSize(long limit)
    {
        int fits = 0, tooMany = Shape.HiddenSize;
        while (tooMany - fits > 1)
        {
            int middle = fits + ((tooMany - fits) / 2);
            if ((this with { Shape = Shape with { HiddenSize = middle } }).Fits(limit)) fits = middle;
            else tooMany = middle;
        }

        return fits;
    }

    /// <summary>Why this does not fit into <paramref name="limit"/> bytes, and what would help; null when it fits.</summary>
    public MemoryRefusal? Refusal(long limit)
    {
        if (Fits(limit)) return null;

        int fits = LargestHiddenSize(limit);
        return new MemoryRefusal(
            string.Create(CultureInfo.InvariantCulture, $"Training {Shape.HiddenSize} hidden units on {RowCount} rows with {Shape.InputSize} features ({Shape.ParameterCount} parameters)"),
            Bytes,
            limit,
            [fits > 0 ? MemoryRemedy.FewerHiddenUnits : MemoryRemedy.FewerRows, MemoryRemedy.FewerFeatures, MemoryRemedy.RaiseLimit])
        {
            MostHiddenUnits = fits > 0 ? fits : null,
        };
    }

    private bool Fits(long limit) => Bytes <= limit && Shape.ParameterCount <= AlignedBuffer<double>.MaxLength;
}
