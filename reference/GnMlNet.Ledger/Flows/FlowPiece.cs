namespace GnMlNet.Ledger.Flows;

/// <summary>The flow between two times, enclosed: it is within the error of a polynomial path everywhere between.</summary>
/// <param name="Start">The time at its beginning.</param>
/// <param name="Step">h.</param>
/// <param name="Weights">The path.</param>
/// <param name="Field">What is known along it.</param>
/// <param name="Tube">What holds near the path.</param>
/// <param name="Error">At least |w_t - path|.</param>
/// <param name="FinalError">At least the distance at the end, in the metric of the tube.</param>
/// <param name="OutputError">At least the distance of alpha f along the flow from alpha f along the path.</param>
/// <param name="ObjectiveError">At least the distance of g along the flow from g along the path.</param>
/// <param name="SlopeError">At least the distance of dg/dt along the flow from dg/dt along the path.</param>
internal sealed record FlowPiece(
    Real Start, Real Step, Jet[] Weights, FlowField Field, FlowTube Tube, Real Error, Real FinalError, Real OutputError, Real ObjectiveError, Real SlopeError)
{
    private const int MostHalvings = 12;

    /// <summary>dg/dt along the path: grad g . d alpha f/dt.</summary>
    internal Jet ObjectiveSlope { get; } = Field.Gradient.Zip(Field.OutputVelocity, (g, v) => g * v).Aggregate((a, b) => a + b);

    /// <summary>At most the least singular value of J along the flow, for p above n the least that is not always 0.</summary>
    internal Real LeastSingularValue => Tube.LeastSingularValue;

    /// <summary>The time at its end.</summary>
    internal Real Finish => Start + Step;

    /// <summary>The interval of times within the piece, cut in equal parts.</summary>
    internal IEnumerable<Real> Parts(int count)
    {
        for (int k = 0; k < count; k++) yield return Real.Between((Step * k / count).Least, (Step * (k + 1) / count).Greatest);
    }

    /// <summary>Contains w_t - a point, at every time of the argument.</summary>
    internal Real[] Displacement(Real time, Real[] from) => [.. Weights.Zip(from, (weight, start) => weight.At(time) - start)];

    /// <summary>Contains alpha f(w_t) - a point of the outputs, at every time of the argument.</summary>
    internal Real[] OutputDistance(Real time, Real[] from) => [.. Field.Outputs.Zip(from, (output, start) => (output.At(time) - start).Widen(OutputError))];

    /// <summary>That the gap decays at least at a rate along the flow.</summary>
    /// <param name="rate">c.</param>
    /// <param name="best">A number that is at most the best value, which the gap is relative to.</param>
    /// <param name="parts">In how many parts of the time the inequality is compared at least; undecided ones are halved.</param>
    internal IEnumerable<Claim> Decays(Real rate, Real best, int parts)
    {
        // Cancellations between dg/dt and c (g - best) happen in the coefficients, so the sum is evaluated as one function of time.
        Jet sum = ObjectiveSlope + (rate * Field.Objective.Plus(-best));
        Real error = SlopeError + (rate * ObjectiveError);
        return Parts(parts).SelectMany(part => Halved(part, time => Claims.LessOrEqual("dΔ/dt + c Δ ≤ 0, c the rate", sum.At(time).Widen(error), 0), MostHalvings));
    }

    private static IEnumerable<Claim> Halved(Real part, Func<Real, Claim> claim, int halvings)
    {
        Claim whole = claim(part);
        if (whole.Verdict != Verdict.Undecided || halvings == 0) return [whole];
        Real middle = part.Middle;
        return [.. Halved(Real.Between(part.Least, middle), claim, halvings - 1), .. Halved(Real.Between(middle, part.Greatest), claim, halvings - 1)];
    }

    /// <summary>The point of the path at its end, as an exact one.</summary>
    internal Real[] End => [.. Weights.Select(weight => weight.At(Step).Middle)];
}
