using System.Numerics;
using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// The logistic function 1/(1 + exp(-z)): 1/(1 + E) for z >= 0, E/(1 + E) below, and its derivative E/(1 + E)^2, with E = exp(-|z|).
/// docs/training.md has the measured errors.
/// </summary>
internal readonly struct VectorLogistic : IVectorFunction
{
    /// <summary>The function; NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Value(Vector<double> z) => Value(z, out _);

    /// <summary>The function and its derivative; NaN gives NaN. Both come out as 0 for z below -708, the derivative also above 708.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Value(Vector<double> z, out Vector<double> slope)
    {
        Vector<double> magnitude = Vector.Abs(z);
        VectorExponential.Pair e = VectorExponential.Negative(VectorExponential.AtMostUnderflow(magnitude));
        Vector<double> tooSmall = Vector.AsVectorDouble(Vector.GreaterThan(magnitude, new Vector<double>(VectorExponential.Underflow)));
        Vector<double> high = Vector.AndNot(e.High, tooSmall), low = Vector.AndNot(e.Low, tooSmall);

        Vector<double> sum = Vector<double>.One + high;
        var denominator = new VectorExponential.Pair(sum, (Vector<double>.One - sum) + high + low);
        Vector<long> isNegative = Vector.LessThan(z, Vector<double>.Zero);
        var numerator = new VectorExponential.Pair(
            Vector.ConditionalSelect(isNegative, high, Vector<double>.One),
            Vector.ConditionalSelect(isNegative, low, Vector<double>.Zero));
        Vector<double> reciprocal = Vector<double>.One / sum;
        slope = VectorExponential.Divide(new VectorExponential.Pair(high, low), denominator, reciprocal) * reciprocal;
        return VectorExponential.Divide(numerator, denominator, reciprocal);
    }
}
