using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace GnMlNet.Core.Dynamics;

/// <summary>
/// The primal form: H, p x p, gets a Cholesky factorization. Where H is rank-deficient the flow does not exist; if that is allowed, the direction is then
/// the shortest one, H^+ J^T u with the pseudoinverse over the eigenvalues that stand out of rounding, so that M is still the projection onto the range of J.
/// </summary>
internal sealed class PrimalPreconditioner(DifferentiableModel model, double damping, bool allowRankLoss) : Preconditioner(model, damping)
{
    private readonly SymmetricMatrix _matrix = new(model.ParameterCount);
    private readonly Cholesky _factorization = new(model.ParameterCount, new WorkSharing(1));

    internal override bool TryApply(ReadOnlySpan<double> outputVector, ReadOnlySpan<double> parameterVector, Span<double> direction)
    {
        Model.Gram(_matrix);
        if (Damping != 0) _matrix.Scale(1 - Damping);
        HasFullRank = _factorization.TryFactor(_matrix, Damping) && _factorization.HasFullRank;
        if (HasFullRank)
        {
            parameterVector.CopyTo(direction);
            _factorization.Solve(direction);
        }
        else if (allowRankLoss)
        {
            ApplyPseudoinverse(parameterVector, direction);
        }

        return HasFullRank || allowRankLoss;
    }

    private void ApplyPseudoinverse(ReadOnlySpan<double> parameterVector, Span<double> direction)
    {
        Evd<double> decomposition = Matrix<double>.Build.Dense(_matrix.Size, _matrix.Size, (i, j) => _matrix[i, j]).Evd(Symmetricity.Symmetric);
        double[] values = [.. decomposition.EigenValues.Select(value => value.Real + Damping)];
        double least = values.Length * (Math.BitIncrement(1.0) - 1) * values.Max();
        direction.Clear();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] <= least) continue;
            double[] vector = decomposition.EigenVectors.Column(i).ToArray();
            Vectors.AddScaled(vector, Vectors.Dot(vector, parameterVector) / values[i], direction);
        }
    }
}
