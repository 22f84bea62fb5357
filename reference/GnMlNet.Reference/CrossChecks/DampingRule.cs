using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>
/// The damping of training from step to step, of one run: mu starts at a thousandth of the largest diagonal entry of A; after a step with gain q it is multiplied by
/// max(1/3, 1 - (2q - 1)^3) or, where |q - 1| is below 0.01, by |q - 1|/0.03, and it never falls below 10^-30 of its first value; after rejected steps it is multiplied by 2, 4, 8 and so on.
/// </summary>
/// <remarks>All but the cube is compared bit by bit; a cube may err by some units in the last place, as a power of the library does.</remarks>
internal sealed class DampingRule(RecordedRun run, StepEquations equations, StepPromise promise, int bits)
{
    private const double InitialShare = 1e-3, Floor = 1e-30, TrustedModelError = 0.01, GreatestDecrease = 1.0 / 3;

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

        Found found = After(before, first);
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

    private Found After(RecordedIterate before, double first)
    {
        if (double.IsNaN(before.GainRatio)) return Found.Open("the gain ratio of the step before is not finite");
        double gain = before.GainRatio, floor = Floor * _initial, error = Math.Abs(gain - 1);
        if (error < TrustedModelError) return Is(Math.Max(floor, before.Damping * (GreatestDecrease * (error / TrustedModelError))));

        Dyadic argument = Dyadic.FromDouble((2 * gain) - 1), cube = argument * argument * argument, factor = Dyadic.One - cube, third = Dyadic.FromDouble(GreatestDecrease);
        // The cube, the difference and the product are rounded; a power may err by two units in the last place.
        Dyadic slack = Dyadic.FromDouble(4 * Unit) * (Dyadic.One + cube.Abs());
        if (factor + slack < third) return Is(Math.Max(floor, before.Damping * GreatestDecrease));
        if (factor < third) factor = third;
        Dyadic expected = Dyadic.FromDouble(before.Damping) * factor, width = Dyadic.FromDouble(before.Damping) * (slack + (factor * Dyadic.FromDouble(2 * Unit)));
        bool isNear = (Dyadic.FromDouble(first) - expected).Abs() <= width, isFloor = first == floor && expected - width <= Dyadic.FromDouble(floor);
        return Found.If(isNear || isFloor, $"the damping is {first} before rejections, and the rule gives {expected.ToDouble()}");

        Found Is(double value) => Found.If(first == value, $"the damping is {first} before rejections, and the rule gives {value}");
    }

    /// <summary>log2 of 2 4 8 ... with so many factors.</summary>
    private static int Doublings(int rejections) => rejections > 60 ? 2000 : rejections * (rejections + 1) / 2;
}
