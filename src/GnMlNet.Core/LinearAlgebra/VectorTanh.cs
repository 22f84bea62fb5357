using System.Numerics;
using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// tanh(z) = (1 - E)/(1 + E) and tanh'(z) = 4 E/(1 + E)^2 with E = exp(-2|z|): neither cancels, near 0 or where the function saturates.
/// docs/training.md has the measured errors.
/// </summary>
internal readonly struct VectorTanh : IVectorFunction
{
    /// <summary>tanh(z); NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Value(Vector<double> z) => Value(z, out _);

    /// <summary>tanh(z) and tanh'(z); NaN gives NaN. The slope of |z| above 354 comes out as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Value(Vector<double> z, out Vector<double> slope)
    {
        Vector<double> magnitude = Vector.Abs(z);
        Vector<double> twice = magnitude + magnitude;
        Vector<double> y = VectorExponential.AtMostUnderflow(twice);
        VectorExponential.Pair e = VectorExponential.NegativeAndComplement(y, out VectorExponential.Pair complement);

        // 1 + E = 2 - (1 - E).
        Vector<double> sum = new Vector<double>(2.0) - complement.High;
        Vector<double> sumLow = (new Vector<double>(2.0) - sum - complement.High) - complement.Low;
        var denominator = new VectorExponential.Pair(sum, sumLow);
        Vector<double> reciprocal = Vector<double>.One / sum;
        Vector<double> value = VectorExponential.Divide(complement, denominator, reciprocal);
        Vector<double> ratio = VectorExponential.Divide(e, denominator, reciprocal);
        slope = Vector.ConditionalSelect(Vector.GreaterThan(twice, new Vector<double>(VectorExponential.Underflow)), Vector<double>.Zero, new Vector<double>(4.0) * (ratio * reciprocal));
        return Vector.CopySign(value, z);
    }
}
