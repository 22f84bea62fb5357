namespace GnMlNet.Ledger.Numbers;

/// <summary>Encloses the least and the greatest value of a function of one variable over an interval, by cutting the interval until the bounds are close.</summary>
internal static class Extremum
{
    private const int MostPieces = 20_000;

    /// <param name="function">Contains the values for all points of its argument.</param>
    /// <param name="slope">Contains its derivative for all points of its argument.</param>
    /// <param name="low">Left end, an exact number.</param>
    /// <param name="high">Right end, an exact number.</param>
    /// <param name="tolerance">Pieces are cut no further when the two bounds are this close.</param>
    internal static Real Minimum(Func<Real, Real> function, Func<Real, Real> slope, Real low, Real high, Real tolerance)
    {
        // At most the minimum is the least of all lower bounds; at least it is any value.
        Dyadic? best = null;
        var open = new PriorityQueue<(Real Low, Real High), Dyadic>();
        Push(low, high);
        for (int pieces = 0; pieces < MostPieces; pieces++)
        {
            if (!open.TryPeek(out (Real Low, Real High) piece, out Dyadic bound)) return Real.Indeterminate;
            if (best is { } known && known - bound <= tolerance.Ball.Upper) break;
            open.Dequeue();
            Real middle = (piece.Low + piece.High).Shift(-1).Middle;
            Push(piece.Low, middle);
            Push(middle, piece.High);
        }

        if (best is not { } upper || !open.TryPeek(out _, out Dyadic lower)) return Real.Indeterminate;
        return Real.Between(Real.Exact(lower, low.Bits), Real.Exact(upper, low.Bits));

        void Push(Real left, Real right)
        {
            Real piece = Real.Between(left, right), middle = piece.Middle, value = function(middle);
            if (value.Ball.IsFinite && (best is not { } known || value.Ball.Upper < known)) best = value.Ball.Upper;
            // By the mean value theorem, or directly where that is better.
            Real centred = value + (slope(piece) * (piece - middle)), direct = function(piece);
            Dyadic? bound = (centred.Ball.IsFinite, direct.Ball.IsFinite) switch
            {
                (true, true) => centred.Ball.Lower < direct.Ball.Lower ? direct.Ball.Lower : centred.Ball.Lower,
                (true, false) => centred.Ball.Lower,
                (false, true) => direct.Ball.Lower,
                _ => null,
            };
            if (bound is not { } certain) throw new ArgumentException("The function is not enclosed on the interval.", nameof(function));
            open.Enqueue((left, right), certain);
        }
    }

    /// <summary>The greatest value, in the same way.</summary>
    internal static Real Maximum(Func<Real, Real> function, Func<Real, Real> slope, Real low, Real high, Real tolerance) =>
        -Minimum(x => -function(x), x => -slope(x), low, high, tolerance);
}
