namespace GnMlNet.Ledger.Settings;

/// <summary>A weight that the flow of one weight passes.</summary>
/// <param name="Weight">w_t.</param>
/// <param name="Time">t.</param>
/// <param name="Distance">Contains |v_t|, its geodesic distance from the minimizer over B.</param>
internal sealed record PointOfCurveFlow(Real Weight, Real Time, Real Distance);
