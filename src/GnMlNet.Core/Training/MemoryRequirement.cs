using System.Globalization;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Training;

/// <summary>The memory that training asks for, known before any of it is.</summary>
/// <param name="Shape">The network.</param>
/// <param name="RowCount">n, training and validation rows together.</param>
public readonly record struct MemoryRequirement(NetworkShape Shape, long RowCount)
{
    /// <summary>
    /// The bytes: the rows in raw and in standardized units, in whole blocks; the matrix A and its factor (p^2 numbers each);
    /// the sums that A is made from and the factors of the Jacobian. Sizes beyond 2^63 come out as <see cref="long.MaxValue"/>.
    /// </summary>
    public long Bytes
    {
        get
        {
            double n = Math.Ceiling((double)RowCount / RowBlock.Capacity) * RowBlock.Stride;
            double rows = 2 * n * (Shape.InputSize + 3.0) * sizeof(double);
            double total = rows + (2 * SymmetricMatrix.Bytes(Shape.ParameterCount)) + PenalizedLeastSquares.WorkspaceBytes(Shape);
            return total >= long.MaxValue ? long.MaxValue : (long)total;
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
    public string? Refusal(long limit)
    {
        if (Fits(limit)) return null;

        int fits = LargestHiddenSize(limit);
        string advice = fits > 0
            ? $"Use at most {fits} hidden units, fewer features, or raise the memory limit."
            : "Use fewer features or rows, or raise the memory limit.";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Training {Shape.HiddenSize} hidden units on {Shape.InputSize} features ({Shape.ParameterCount} parameters) needs {Bytes} bytes of memory for {RowCount} rows; the limit is {limit} bytes. {advice}");
    }

    private bool Fits(long limit) => Bytes <= limit && SymmetricMatrix.CanHold(Shape.ParameterCount);
}
