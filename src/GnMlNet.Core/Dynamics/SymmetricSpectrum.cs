using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Dynamics;

/// <summary>Eigenvalues of the symmetric matrices of the theory, in double and without error bounds.</summary>
public static class SymmetricSpectrum
{
    /// <summary>
    /// The eigenvalues of J^T J where there are at most as many parameters as outputs, else of K = J J^T: the two share all that are not zero by dimension alone.
    /// </summary>
    /// <param name="model">The model, at the point in question.</param>
    /// <returns>min(n, p) numbers, ascending.</returns>
    public static double[] OfSmallerGram(DifferentiableModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var matrix = new SymmetricMatrix(Math.Min(model.ParameterCount, model.OutputCount));
        if (model.ParameterCount <= model.OutputCount) model.Gram(matrix);
        else model.Kernel(matrix);
        return Eigenvalues(matrix);
    }

    /// <summary>All eigenvalues, ascending.</summary>
    internal static double[] Eigenvalues(SymmetricMatrix matrix) =>
        [.. matrix.ToDense().Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order()];

    /// <summary>The whole matrix, both triangles.</summary>
    internal static Matrix<double> ToDense(this SymmetricMatrix matrix) => Matrix<double>.Build.Dense(matrix.Size, matrix.Size, (i, j) => matrix[i, j]);
}
