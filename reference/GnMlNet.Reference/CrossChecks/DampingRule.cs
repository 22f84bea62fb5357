using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>
/// The damping of training from step to step, of one run: mu starts at a thousandth of the largest diagonal entry of A; after a step with gain q it is multiplied by
/// max(1/3, 1 - (2q - 1)^3) or, where |q - 1| is below 0.01, by |q - 1|/0.03, and it never falls below 10^-30 of its first value; after rejected steps it is multiplied by 2, 4, 8 and so on.
/// Of inexact steps the factor is 1/2 after a gain above 1/4, 1 above 1/20 and 2 otherwise, down to 10^-9. Where these begin or end, mu is multiplied by s . D s of the last step with its own D over that with the next D.
/// </summary>
/// <remarks>All but the cube is compared bit by bit; a cube may err by some units in the last place, as a power of the library does.</remarks>
internal sealed class DampingRule(RecordedRun run, StepEquations equations, StepPromise promise, int bits)
{
    private const double InitialShare = 1e-3, Floor = 1e-30, TrustedModelError = 0.01, GreatestDecrease = 1.0 / 3;

    private const double InexactFloor = 1e-9, GoodGain = 0.25, FairGain = 0.05;

    private const double Unit = 1.0 / (1L << 53);

    private double _initial;

    /// <summary>The damping at which the step to an iterate was tried first: each rejection doubled the factor before.</summary>
    internal static double FirstTried(RecordedIterate iterate) => Math.ScaleB(iterate.Damping, -Doublings(iterate.RejectedSteps));

    /// <summary>The damping at which the step was tried after so many rejections.</summary>
    internal static double Tried(RecordedIterate iterate, int rejections) => Math.ScaleB(FirstTried(iterate), Doublings(rejections));

    /// <summary>Checks the damping of the step to an iterate; iterates come in order.</summary>
    /// <param name="index">The iterate's place in the trace.</param>
    internal Found At(int index)
    {
        RecordedIterate before = run.Iterates[index - 1], iterate = run.Iterates[index];
        double first = FirstTried(iterate);
        if (Math.ScaleB(first, Doublings(iterate.RejectedSteps)) != iterate.Damping || !(first > 0)) return Found.Broken($"a damping of {iterate.Damping} does not follow from {iterate.RejectedSteps} rejections");
        if (equations.IsStart(before)) return AtStart(before, iterate, first);

        Found found = After(before, iterate, first);
        bool mayStartAnew = before.CurvatureRows.Count > 0 || before.CurvatureInSinglePrecision;
        if (found.Verdict == Verdict.Proved || !mayStartAnew || iterate.CurvatureRows.Count > 0 || iterate.CurvatureInSinglePrecision) return found;
        // A rule that an approximate matrix brought about is looked at again with the exact one, and the damping starts anew.
        return AtStart(before, iterate, first);
    }

    private Found AtStart(RecordedIterate before, RecordedIterate iterate, double first)
    {
        _initial = first;
        Ball[] diagonal = promise.Diagonal(equations.Evaluate(before.Parameters, bits), iterate);
        Dyadic share = Dyadic.FromDouble(InitialShare), damping = Dyadic.FromDouble(first), slack = damping * Dyadic.FromDouble(2 * Unit);
        Dyadic least = share * diagonal.Select(entry => entry.Lower).Max(), most = share * diagonal.Select(entry => entry.Upper).Max();
        return Found.If(damping + slack >= least && damping - slack <= most, $"the damping starts at {first}, and a thousandth of the largest diagonal entry is {most.ToDouble():G6}");
    }

    private Found After(RecordedIterate before, RecordedIterate iterate, double first)
    {
        if (double.IsNaN(before.GainRatio)) return Found.Open("the gain ratio of the step before is not finite");
        (Dyadic least, Dyadic most) = before.Inexact is null ? ByNielsen(before) : ByThresholds(before);
        if (before.Inexact is null != iterate.Inexact is null)
        {
            (Dyadic old, Dyadic next) = (SquaredLength(before.Step, before.Metric), SquaredLength(before.Step, iterate.Metric));
            if (next.Sign <= 0) return Found.Open("the step before has no length");
            // Two sums of p products of three numbers, a product and a quotient.
            Ball factor = Ball.Divide(Ball.Exact(old), Ball.Exact(next), bits), slack = new(Dyadic.One, Magnitude.Of((2 * (iterate.Step.Length + 4) * Unit)));
            factor = Ball.Multiply(factor, slack, bits);
            (least, most) = (least * factor.Lower, most * factor.Upper);
            _initial = first;
        }

        Dyadic damping = Dyadic.FromDouble(first);
        return Found.If(damping >= least && damping <= most, $"the damping is {first} before rejections, and the rule gives {most.ToDouble()}");
    }

    /// <summary>mu after a step, between two numbers.</summary>
    private (Dyadic Least, Dyadic Most) ByNielsen(RecordedIterate before)
    {
        double gain = before.GainRatio, floor = Floor * _initial, error = Math.Abs(gain - 1);
        if (error < TrustedModelError) return Exactly(Math.Max(floor, before.Damping * (GreatestDecrease * (error / TrustedModelError))));

        Dyadic argument = Dyadic.FromDouble((2 * gain) - 1), cube = argument * argument * argument, factor = Dyadic.One - cube, third = Dyadic.FromDouble(GreatestDecrease);
        // The cube, the difference and the product are rounded; a power may err by two units in the last place.
        Dyadic slack = Dyadic.FromDouble(4 * Unit) * (Dyadic.One + cube.Abs());
        if (factor + slack < third) return Exactly(Math.Max(floor, before.Damping * GreatestDecrease));
        if (factor < third) factor = third;
        Dyadic expected = Dyadic.FromDouble(before.Damping) * factor, width = Dyadic.FromDouble(before.Damping) * (slack + (factor * Dyadic.FromDouble(2 * Unit))), least = Dyadic.FromDouble(floor);
        return (expected - width < least ? least : expected - width, expected + width < least ? least : expected + width);
    }

    private (Dyadic Least, Dyadic Most) ByThresholds(RecordedIterate before) =>
        Exactly(Math.Max(InexactFloor * _initial, before.Damping * (before.GainRatio > GoodGain ? 0.5 : before.GainRatio > FairGain ? 1 : 2)));

    private static (Dyadic Least, Dyadic Most) Exactly(double value) => (Dyadic.FromDouble(value), Dyadic.FromDouble(value));

    private static Dyadic SquaredLength(double[] step, double[] metric)
    {
        Dyadic sum = Dyadic.Zero;
        for (int i = 0; i < step.Length; i++) sum += Dyadic.FromDouble(metric[i]) * Dyadic.FromDouble(step[i]) * Dyadic.FromDouble(step[i]);
        return sum;
    }

    /// <summary>log2 of 2 4 8 ... with so many factors.</summary>
    private static int Doublings(int rejections) => rejections > 60 ? 2000 : rejections * (rejections + 1) / 2;
}
