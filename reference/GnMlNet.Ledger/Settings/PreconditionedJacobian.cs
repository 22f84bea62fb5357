using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Settings;

/// <summary>H_rho^-1 J^T, p x n, without the closed forms in K: by elimination of H; where H is large, from a matrix X and the residual H X - J^T.</summary>
internal static class PreconditionedJacobian
{
    private const int MostParameters = 64;

    internal static RealMatrix Of(Linearization linearization, Real rho) => linearization.Jacobian.Columns <= MostParameters ? Solved(linearization, rho) : Verified(linearization, rho);

    private static RealMatrix Solved(Linearization linearization, Real rho)
    {
        RealMatrix jacobian = linearization.Jacobian;
        SymmetricFactor factor = SymmetricFactor.TryFactor(linearization.Preconditioner(rho), 0)!;
        Real[][] columns = [.. Enumerable.Range(0, jacobian.Rows).Select(j => factor.Solve(jacobian.Row(j).ToArray()))];
        return RealMatrix.Of(jacobian.Columns, jacobian.Rows, (a, j) => columns[j][a]);
    }

    // H is at least rho, so |H^-1 J^T - X| is at most |H X - J^T|/rho, whatever X is; here J^T ((1 - rho) K + rho I)^-1, rounded. H is not written out.
    private static RealMatrix Verified(Linearization linearization, Real rho)
    {
        RealMatrix jacobian = linearization.Jacobian, transpose = jacobian.Transpose();
        RealMatrix proposed = transpose * SymmetricFactor.TryFactor(linearization.Kernel.Blend(1 - rho, rho), 0)!.Inverse();
        RealMatrix middle = RealMatrix.Of(proposed.Rows, proposed.Columns, (a, j) => proposed[a, j].Middle);
        RealMatrix residual = ((1 - rho) * (transpose * (jacobian * middle))) + (rho * middle) - transpose;
        Real error = residual.FrobeniusNorm() / rho;
        return RealMatrix.Of(middle.Rows, middle.Columns, (a, j) => middle[a, j].Widen(error));
    }
}
