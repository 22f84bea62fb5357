namespace GnMlNet.Core.Dynamics;

/// <summary>
/// The step size of an embedded pair from its error estimates: a proportional-integral controller
/// (Hairer and Wanner, Solving Ordinary Differential Equations II, 1996, section IV.2), which settles at the limit of stability of a stiff problem instead of bouncing off it.
/// </summary>
internal sealed class StepSizeController
{
    private const double Safety = 0.9;
    private const double Integral = 0.04;
    private const double GreatestGrowth = 10;
    private const double GreatestShrink = 0.2;

    // The proportional exponent; the estimate falls with the order of the pair's better method.
    private readonly double _proportional;
    private double _previousError = 1e-4;
    private bool _wasRejected;

    /// <param name="order">The order of the method that goes on.</param>
    /// <param name="first">The first step to try; positive.</param>
    internal StepSizeController(int order, double first)
    {
        _proportional = (1.0 / order) - (0.75 * Integral);
        StepSize = first;
    }

    /// <summary>h, the step to try next; positive.</summary>
    internal double StepSize { get; private set; }

    /// <summary>Judges a step.</summary>
    /// <param name="stepSize">The step that was tried.</param>
    /// <param name="error">Its error as a multiple of the tolerance; infinite or NaN where the step could not be taken.</param>
    /// <returns>Whether the step is good.</returns>
    internal bool Accept(double stepSize, double error)
    {
        if (!(error <= 1))
        {
            StepSize = stepSize * (double.IsFinite(error) ? Math.Max(GreatestShrink, Safety * Math.Pow(error, -_proportional)) : GreatestShrink);
            _wasRejected = true;
            return false;
        }

        double planned = stepSize < StepSize ? StepSize : 0;
        double factor = error == 0 ? GreatestGrowth : Math.Clamp(Safety * Math.Pow(error, -_proportional) * Math.Pow(_previousError, Integral), GreatestShrink, GreatestGrowth);
        // After a rejection growing at once would only be rejected again,
        // and a step that was cut short for another reason takes nothing from what was planned.
        StepSize = Math.Max(planned, stepSize * (_wasRejected ? Math.Min(1, factor) : factor));
        (_previousError, _wasRejected) = (Math.Max(error, 1e-4), false);
        return true;
    }
}
