using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

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
        return SymmetricEigenvalues.Of(matrix);
    }
}
