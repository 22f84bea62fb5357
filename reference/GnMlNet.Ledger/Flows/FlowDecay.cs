namespace GnMlNet.Ledger.Flows;

/// <summary>That the gap decays at least at a rate along a piece of an enclosed flow.</summary>
internal static class FlowDecay
{
    /// <param name="piece">The piece.</param>
    /// <param name="rate">c.</param>
    /// <param name="best">A number that is at most the best value, which the gap is relative to.</param>
    /// <param name="parts">In how many parts of the piece's time the inequality is compared.</param>
    internal static IEnumerable<Claim> Claims(FlowPiece piece, Real rate, Real best, int parts)
    {
        // Cancellations between dg/dt and c (g - best) happen in the coefficients, so the sum is evaluated as one function of time.
        Jet sum = piece.ObjectiveSlope + (rate * piece.Field.Objective.Plus(-best));
        Real error = piece.SlopeError + (rate * piece.ObjectiveError);
        return piece.Parts(parts).Select(part => Verdicts.Claims.LessOrEqual("dΔ/dt + c Δ ≤ 0, c the rate", sum.At(part).Widen(error), 0));
    }
}
