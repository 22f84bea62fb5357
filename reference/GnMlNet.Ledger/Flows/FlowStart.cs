using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Flows;

/// <summary>The exact point that a piece of the flow begins at.</summary>
/// <param name="weights">The point.</param>
/// <param name="linearization">J there.</param>
/// <param name="isOverparameterized">Whether p is at least n: then K is the smaller Gram matrix, else J^T J.</param>
/// <param name="last">The piece before, if there is one.</param>
internal sealed class FlowStart(Real[] weights, Linearization linearization, bool isOverparameterized, FlowPiece? last)
{
    internal Real[] Weights => weights;

    internal Linearization Linearization => linearization;

    internal FlowPiece? Last => last;

    internal Real Time => last?.Finish ?? 0;

    /// <summary>The smallest eigenvalue of the smaller Gram matrix.</summary>
    internal Real Smallest { get; } = Eigenvalues.Smallest(isOverparameterized ? linearization.Kernel : linearization.Gram);

    /// <summary>The greatest one.</summary>
    internal Real Greatest { get; } = Eigenvalues.Greatest(isOverparameterized ? linearization.Kernel : linearization.Gram);
}
