using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>Matrices handed over to MathNet.Numerics, for diagnostics that are not worth kernels of our own.</summary>
internal static class DenseMatrices
{
    /// <summary>The whole matrix, both triangles.</summary>
    internal static Matrix<double> ToDense(this SymmetricMatrix matrix) => Matrix<double>.Build.Dense(matrix.Size, matrix.Size, (i, j) => matrix[i, j]);

    /// <summary>All eigenvalues of a symmetric matrix, ascending.</summary>
    internal static double[] SymmetricEigenvalues(this Matrix<double> matrix) =>
        [.. matrix.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order()];
}
