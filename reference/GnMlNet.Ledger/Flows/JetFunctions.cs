using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Flows;

/// <summary>Functions of a jet: a polynomial from the differential equation of the function, and a bound on its error from the residual.</summary>
internal static class JetFunctions
{
    /// <summary>tanh of a polynomial z of time.</summary>
    /// <remarks>docs/ledger-methods.md, "The flow", the path.</remarks>
    /// <param name="z">Without remainder.</param>
    /// <param name="step">h.</param>
    internal static Jet Tanh(Jet z, Real step)
    {
        int degree = z.Degree;
        Real[] y = new Real[degree + 1], q = new Real[degree + 1];
        y[0] = new Real(Ball.Tanh(z[0].Ball, z[0].Bits), z[0].Bits);
        q[0] = new Real(Ball.TanhSlope(z[0].Ball, z[0].Bits), z[0].Bits);
        Real[] speed = [.. Enumerable.Range(0, degree + 1).Select(k => k * z[k])];
        for (int k = 1; k <= degree; k++)
        {
            // k y_k = sum_j q_j (k - j) z_(k-j), and q = 1 - y^2.
            RealSum sum = default, square = default;
            for (int j = 0; j < k; j++) sum.AddProduct(q[j], speed[k - j]);
            y[k] = sum.ToReal() / k;
            for (int j = 0; j <= k; j++) square.SubtractProduct(y[j], y[k - j]);
            q[k] = square.ToReal();
        }

        Jet polynomial = z.With(y, Magnitude.Zero), slope = z.Derivative();
        Jet residual = polynomial.Derivative() - (Slope(polynomial) * slope);
        Real growth = Upper((Magnitude.One + polynomial.Bound()) * slope.Bound(), step) * step;
        return polynomial.Widen(step.Ball.AbsUpper() * residual.Bound() * growth.Exp().Ball.AbsUpper());
    }

    /// <summary>1 - y^2.</summary>
    internal static Jet Slope(Jet y) => ((Real)(-1) * (y * y)).Plus(1);

    /// <summary>(1 + r^2)^(-1/2).</summary>
    /// <remarks>docs/ledger-methods.md, "The flow", the path: V has no zero on the interval, and V(0) &gt; 0 is checked.</remarks>
    internal static Jet InverseRoot(Jet r)
    {
        Jet square = (r * r).Plus(1);
        int degree = r.Degree;
        var v = new Real[degree + 1];
        v[0] = 1 / square[0].Sqrt();
        // v = b^(-1/2) solves 2 b v' = -b' v: 2 b_0 k v_k = -sum over j >= 1 of (j + 2(k - j)) b_j v_(k-j).
        for (int k = 1; k <= degree; k++)
        {
            RealSum sum = default;
            for (int j = 1; j <= k; j++) sum.AddProduct((j + (2 * (k - j))) * square[j], v[k - j]);
            v[k] = -sum.ToReal() / (2 * k * square[0]);
        }

        Jet polynomial = r.With(v, Magnitude.Zero), residual = ((Real)(-1) * (polynomial * polynomial * square)).Plus(1);
        Magnitude error = residual.Bound();
        return polynomial.Widen(error <= Magnitude.PowerOfTwo(-1) && v[0].IsPositive ? polynomial.Bound() * error : Magnitude.Infinity);
    }

    /// <summary>The loss of one output and its derivative.</summary>
    internal static (Jet Value, Jet Slope) Loss(Loss loss, Jet residual)
    {
        Jet square = residual * residual;
        if (loss is QuadraticLoss) return (loss.Smoothness.Shift(-1) * square, loss.Smoothness * residual);
        // 2 (sqrt(1 + r^2) - 1) + r^2 and 2 r ((1 + r^2)^(-1/2) + 1); sqrt(1 + r^2) = (1 + r^2)(1 + r^2)^(-1/2).
        Jet inverse = InverseRoot(residual);
        return ((2 * (square.Plus(1) * inverse)).Plus(-2) + square, 2 * (residual * inverse.Plus(1)));
    }

    private static Real Upper(Magnitude bound, Real like) => bound.IsFinite ? Real.Exact(bound.ToDyadic(), like.Bits) : Real.Indeterminate;
}
