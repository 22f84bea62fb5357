namespace GnMlNet.Reference.Traces;

/// <summary>How the fast path solved the equations of a step. It decides which rounding errors a step may have.</summary>
public enum SystemForm
{
    /// <summary>A Cholesky factorization of the p x p matrix.</summary>
    Primal,

    /// <summary>A Cholesky factorization of an n x n matrix.</summary>
    Dual,

    /// <summary>Conjugate gradients, which end at a share of the right side.</summary>
    MatrixFree,
}
