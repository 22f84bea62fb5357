namespace GnMlNet.Ledger.Problems;

/// <summary>J at a point, its Gram matrices, and the direction of the step there.</summary>
internal sealed class Linearization
{
    // Several statements ask for them at once.
    private readonly Lazy<RealMatrix> _kernel, _gram, _projection;

    internal Linearization(Network network, Real[] weights)
    {
        Jacobian = network.Jacobian(weights);
        _kernel = new(Jacobian.RowGram);
        _gram = new(() => Jacobian.Transpose().RowGram());
        _projection = new(() => Jacobian * (
            (SymmetricFactor.TryFactor(Gram, 0) ?? throw new InvalidOperationException("The Gram matrix is not enclosed well enough to be inverted.")).Inverse() * Jacobian.Transpose()));
    }

    /// <summary>J, n x p.</summary>
    internal RealMatrix Jacobian { get; }

    /// <summary>K = J J^T, n x n.</summary>
    internal RealMatrix Kernel => _kernel.Value;

    /// <summary>J^T J, p x p.</summary>
    internal RealMatrix Gram => _gram.Value;

    /// <summary>P = J (J^T J)^-1 J^T.</summary>
    internal RealMatrix Projection => _projection.Value;

    /// <summary>P v, by one solution; indeterminate where J^T J is not proved to be positive definite.</summary>
    internal Real[] Projected(Real[] vector) => Direction(0, vector) is { } coordinates ? Jacobian.Times(coordinates) : [.. vector.Select(_ => Real.Indeterminate)];

    /// <summary>H_rho = (1 - rho) J^T J + rho I.</summary>
    internal RealMatrix Preconditioner(Real rho) => Gram.Blend(1 - rho, rho);

    /// <summary>H_rho^-1 J^T v, by the smaller of the two systems; null where its positive definiteness is not proved.</summary>
    /// <remarks>H_rho J^T = J^T ((1 - rho) K + rho I), so H_rho^-1 J^T v = J^T ((1 - rho) K + rho I)^-1 v where both matrices are positive definite.</remarks>
    internal Real[]? Direction(Real rho, Real[] vector)
    {
        if (Jacobian.Columns < Jacobian.Rows)
        {
            SymmetricFactor? primal = SymmetricFactor.TryFactor(Preconditioner(rho), 0);
            return primal is { IsPositiveDefinite: true } ? primal.Solve(Jacobian.TransposeTimes(vector)) : null;
        }

        SymmetricFactor? dual = SymmetricFactor.TryFactor(Kernel.Blend(1 - rho, rho), 0);
        return dual is { IsPositiveDefinite: true } ? Jacobian.TransposeTimes(dual.Solve(vector)) : null;
    }
}
