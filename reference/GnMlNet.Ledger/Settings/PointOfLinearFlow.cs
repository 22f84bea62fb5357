namespace GnMlNet.Ledger.Settings;

/// <summary>A flow with a constant kernel at a time.</summary>
/// <param name="Time">t.</param>
/// <param name="Gap">Delta_t.</param>
/// <param name="Dissipation">-dDelta/dt = |grad g|_M^2.</param>
/// <param name="Displacement">|w_t - w_0|.</param>
internal sealed record PointOfLinearFlow(Real Time, Real Gap, Real Dissipation, Real Displacement);
