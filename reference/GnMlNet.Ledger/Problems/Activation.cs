using GnMlNet.Reference.Networks;

namespace GnMlNet.Ledger.Problems;

/// <summary>sigma with its first two derivatives and their bounds.</summary>
internal abstract class Activation
{
    internal static Activation Tanh { get; } = new HyperbolicTangent();

    internal static Activation Logistic { get; } = new LogisticFunction();

    internal static Activation Cosine { get; } = new CosineFunction();

    internal static Activation Of(Sigmoid kind) => kind == Sigmoid.Logistic ? Logistic : Tanh;

    internal abstract Real Value(Real z);

    internal abstract Real Slope(Real z);

    internal abstract Real Curvature(Real z);

    /// <summary>The third derivative.</summary>
    internal abstract Real CurvatureSlope(Real z);

    /// <summary>What sigma tends to for z to plus or minus infinity, and its value at 0 for the sign 0; of monotone functions only.</summary>
    internal abstract Real Limit(int sign);

    /// <summary>sigma_1 = sup |sigma'|, attained at 0.</summary>
    internal abstract Real GreatestSlope { get; }

    /// <summary>sigma_2 = sup |sigma''|, attained.</summary>
    internal abstract Real GreatestCurvature(int bits);

    private sealed class HyperbolicTangent : Activation
    {
        internal override Real GreatestSlope => 1;

        internal override Real Limit(int sign) => sign;

        internal override Real Value(Real z) => new(Ball.Tanh(z.Ball, z.Bits), z.Bits);

        internal override Real Slope(Real z) => new(Ball.TanhSlope(z.Ball, z.Bits), z.Bits);

        internal override Real Curvature(Real z) => new(Ball.TanhCurvature(z.Ball, z.Bits), z.Bits);

        // The second derivative is -2 t s with s = 1 - t^2, so the third one -2 s^2 + 4 t^2 s.
        internal override Real CurvatureSlope(Real z)
        {
            Real slope = Slope(z);
            return slope * (4 - (6 * slope));
        }

        // |2 t (1 - t^2)| is greatest where t^2 = 1/3: 4/(3 sqrt 3).
        internal override Real GreatestCurvature(int bits) => 4 / (3 * Real.Exact(3, bits).Sqrt());
    }

    private sealed class LogisticFunction : Activation
    {
        // 1/4.
        internal override Real GreatestSlope => ((Real)1).Shift(-2);

        internal override Real Limit(int sign) => ((Real)(1 + sign)).Shift(-1);

        internal override Real Value(Real z) => new(Ball.Logistic(z.Ball, z.Bits), z.Bits);

        internal override Real Slope(Real z) => new(Ball.LogisticSlope(z.Ball, z.Bits), z.Bits);

        internal override Real Curvature(Real z) => new(Ball.LogisticCurvature(z.Ball, z.Bits), z.Bits);

        // A sixteenth of that of tanh at z/2.
        internal override Real CurvatureSlope(Real z) => Tanh.CurvatureSlope(z.Shift(-1)).Shift(-4);

        // The logistic function is (1 + tanh(z/2))/2, so its second derivative is an eighth of tanh''(z/2).
        internal override Real GreatestCurvature(int bits) => Tanh.GreatestCurvature(bits).Shift(-3);
    }

    private sealed class CosineFunction : Activation
    {
        internal override Real GreatestSlope => 1;

        internal override Real Limit(int sign) => throw new NotSupportedException("The cosine has no limit.");

        internal override Real Value(Real z) => new(Ball.Cos(z.Ball, z.Bits), z.Bits);

        internal override Real Slope(Real z) => new(Ball.Negate(Ball.Sin(z.Ball, z.Bits)), z.Bits);

        internal override Real Curvature(Real z) => new(Ball.Negate(Ball.Cos(z.Ball, z.Bits)), z.Bits);

        internal override Real CurvatureSlope(Real z) => new(Ball.Sin(z.Ball, z.Bits), z.Bits);

        internal override Real GreatestCurvature(int bits) => 1;
    }
}
