using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Dynamics;

/// <summary>
/// The dual form, for more parameters than outputs: d = J^T ((1 - rho) K + rho I)^-1 u with the tangent kernel K = J J^T
/// (the push-through identity; it is what the Woodbury identity in the proof of Lemma 1 comes to).
/// </summary>
internal sealed class DualPreconditioner(DifferentiableModel model, double damping) : Preconditioner(model, damping)
{
    private readonly SymmetricMatrix _matrix = new(model.OutputCount);
    private readonly Cholesky _factorization = new(model.OutputCount, new WorkSharing(1));
    private readonly double[] _solution = new double[model.OutputCount];

    internal override bool TryApply(ReadOnlySpan<double> outputVector, ReadOnlySpan<double> parameterVector, Span<double> direction)
    {
        Model.Kernel(_matrix);
        if (Damping != 0) _matrix.Scale(1 - Damping);
        HasFullRank = _factorization.TryFactor(_matrix, Damping) && _factorization.HasFullRank;
        if (!HasFullRank) return false;

        outputVector.CopyTo(_solution);
        _factorization.Solve(_solution);
        Model.MultiplyTransposed(_solution, direction);
        return true;
    }
}
