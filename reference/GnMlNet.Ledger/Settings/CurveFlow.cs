using GnMlNet.Ledger.Curves;

namespace GnMlNet.Ledger.Settings;

/// <summary>Where the flow of one weight goes from w_init: towards lower values up to the first stationary point, through all weights between, or out of B if there is none on its way.</summary>
internal sealed class CurveFlow
{
    private const int Parts = 256;

    // Points on the way, of which 2^-3, 2^-6, ... is left, and into how many pieces integrals are cut.
    private const int Points = 4;
    private const int Stride = 3;
    private const int TimePieces = 400;
    private const int LengthPieces = 150;

    private readonly CurveSetting _setting;
    private readonly Lazy<IReadOnlyList<PointOfCurveFlow>> _passed;

    internal CurveFlow(CurveSetting setting)
    {
        _setting = setting;
        Real start = Curve.Start, slope = Curve.Slope(start, setting.Alpha);
        // 1 where the objective grows with w at w_init, so that the flow goes left.
        int sign = slope.Ball.Sign ?? 0;
        Real border = sign > 0 ? setting.Left : setting.Right;
        // Beyond the border by a millionth of the radius.
        Real outside = (border - (sign * setting.Radius.Shift(-20))).Middle;
        Real[] way = [.. Enumerable.Range(0, Parts + 1).Select(k => (start + ((outside - start) * k / Parts)).Middle)];
        int first = Array.FindIndex(way, w => (sign * Curve.Slope(w, setting.Alpha.Middle)).Middle.IsNegative);
        Leaves = first < 0;
        Destination = Leaves ? outside : sign > 0 ? setting.Stationary(way[first], way[first - 1], setting.Alpha) : setting.Stationary(way[first - 1], way[first], setting.Alpha);
        // The near end of the enclosure of a stationary point, and the far one.
        Real near = sign > 0 ? Destination.Greatest : Destination.Least;
        Far = sign > 0 ? Destination.Least : Destination.Greatest;
        (Real low, Real high) = sign > 0 ? (near, start.Greatest) : (start.Least, near);
        Real tolerance = Leaves ? slope.Abs().Middle.Shift(-8) : setting.Margin.Shift(-2) * Curve.SlopeOfSlope(near, setting.Alpha.Middle).Abs().Middle;
        Real steepness = (high - low).IsPositive
            ? Extremum.Minimum(w => sign * Curve.Slope(w, setting.Alpha), w => sign * Curve.SlopeOfSlope(w, setting.Alpha), low, high, tolerance)
            : sign * slope;
        List<Claim> premises = [Claims.Less($"0 < {(sign > 0 ? "" : "minus ")}the derivative of the objective on the way {(Leaves ? "out of B" : "to the first stationary point")}", 0, steepness)];
        if (!Leaves) premises.Add(Claims.Less("the derivative has the other sign beyond it", sign * Curve.Slope(Far, setting.Alpha), 0));
        Premises = premises;
        _passed = new(() =>
        [
            new(start, 0, setting.DistanceFromMinimizer(start, LengthPieces)),
            .. Enumerable.Range(1, Points).Select(k => Passed(Stride * k)).Select(w => new PointOfCurveFlow(w, TimeTo(w, TimePieces), setting.DistanceFromMinimizer(w, LengthPieces))),
        ]);
    }

    /// <summary>w_init and points that the flow passes.</summary>
    internal IReadOnlyList<PointOfCurveFlow> Way => _passed.Value;

    /// <summary>That the objective falls all the way.</summary>
    internal IReadOnlyList<Claim> Premises { get; }

    /// <summary>Whether there is no stationary point on the way out of B.</summary>
    internal bool Leaves { get; }

    /// <summary>Contains the first stationary point; where there is none, a weight just outside B.</summary>
    internal Real Destination { get; }

    /// <summary>A weight that the flow does not go beyond; where it leaves B, one outside that it passes.</summary>
    internal Real Far { get; }

    private ScalarCurve Curve => _setting.Curve;

    /// <summary>An exact weight that the flow passes within B: 2^-order of the way from its destination.</summary>
    internal Real Passed(int order)
    {
        Real end = Leaves ? (Destination.Middle + ((Curve.Start - Destination.Middle).Shift(-16))).Middle : Destination.Middle;
        return (end + (Curve.Start - end).Shift(-order)).Middle;
    }

    // The derivative on a piece, directly or by the mean value theorem, whichever is narrower.
    private Real CentredSlope(Real w)
    {
        Real direct = Curve.Slope(w, _setting.Alpha), centred = Curve.Slope(w.Middle, _setting.Alpha) + (Curve.SlopeOfSlope(w, _setting.Alpha) * (w - w.Middle));
        return centred.Ball.IsFinite && (!direct.Ball.IsFinite || centred.Ball.Radius < direct.Ball.Radius) ? centred : direct;
    }

    /// <summary>The time in which the flow comes from w_init to a weight that it passes.</summary>
    internal Real TimeTo(Real w, int pieces)
    {
        Real Pace(Real v) => _setting.Alpha * RealVectors.SquaredNorm(Curve.Tangent(v)) / CentredSlope(v).Abs();
        Real start = Curve.Start;
        bool isLeft = (start - w).IsPositive;
        // w_init is a decimal number, known to the precision: what its ball leaves out comes on top.
        Real exact = isLeft ? start.Least : start.Greatest, rest = (start - exact).Abs() * Pace(start);
        Real integral = isLeft
            ? Quadrature.Integral(Pace, w, exact, pieces, Destination.Middle)
            : Quadrature.Integral(v => Pace(-v), -w, -exact, pieces, -Destination.Middle);
        return integral + rest;
    }
}
