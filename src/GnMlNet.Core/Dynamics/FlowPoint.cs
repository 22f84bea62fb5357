namespace GnMlNet.Core.Dynamics;

/// <summary>The quantities of the theory at one time of a trajectory.</summary>
/// <param name="Time">t.</param>
/// <param name="Steps">How many steps were taken so far.</param>
/// <param name="StepSize">The length in time of the last step, 0 at the start.</param>
/// <param name="Loss">g(alpha f(w_t)).</param>
/// <param name="Distance">|w_t - w_0|.</param>
/// <param name="OutputGradientNorm">|grad g(alpha f(w_t))|.</param>
/// <param name="RiemannianGradientNorm">
/// |grad g|_M = sqrt(grad g . J H_rho^-1 J^T grad g); for rho = 0 the norm of the Riemannian gradient P grad g (equation (18)). NaN where H is rank-deficient.
/// </param>
/// <param name="DissipationDefect">
/// g(alpha f(w_t)) - g(0) plus the integral of |grad g|_M^2 up to t: zero along the exact flow, (EDI-u); what is there is the integrator's error.
/// </param>
/// <param name="SmallestEigenvalue">The smallest eigenvalue of J^T J (p &lt;= n) or of K = J J^T (p &gt; n), or NaN where it was not asked for.</param>
/// <param name="LargestEigenvalue">The largest eigenvalue of either, |K|, or NaN where it was not asked for.</param>
public readonly record struct FlowPoint(
    double Time,
    int Steps,
    double StepSize,
    double Loss,
    double Distance,
    double OutputGradientNorm,
    double RiemannianGradientNorm,
    double DissipationDefect,
    double SmallestEigenvalue,
    double LargestEigenvalue);
