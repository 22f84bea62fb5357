using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// tanh(z) = (1 - E)/(1 + E) and tanh'(z) = 4 E/(1 + E)^2 with E = exp(-2|z|): neither cancels, near 0 or where the function saturates.
/// docs/training.md has the measured errors.
/// </summary>
internal readonly struct VectorTanh : IVectorFunction
{
    /// <summary>tanh(z) and tanh'(z); NaN gives NaN. The slope of |z| above 354 comes out as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Value<TLanes>(TLanes z, out TLanes slope)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes magnitude = TLanes.Abs(z);
        TLanes twice = magnitude + magnitude;
        TLanes y = VectorExponential<TLanes>.AtMostUnderflow(twice);
        VectorExponential<TLanes>.Pair e = VectorExponential<TLanes>.NegativeAndComplement(y, out VectorExponential<TLanes>.Pair complement);

        // 1 + E = 2 - (1 - E).
        TLanes two = TLanes.Of(2), sum = two - complement.High;
        TLanes sumLow = (two - sum - complement.High) - complement.Low;
        var denominator = new VectorExponential<TLanes>.Pair(sum, sumLow);
        TLanes reciprocal = TLanes.Of(1) / sum;
        TLanes value = VectorExponential<TLanes>.Divide(complement, denominator, reciprocal);
        TLanes ratio = VectorExponential<TLanes>.Divide(e, denominator, reciprocal);
        slope = TLanes.WhereGreater(twice, TLanes.Of(VectorExponential<TLanes>.Underflow), TLanes.Of(0), TLanes.Of(4) * (ratio * reciprocal));
        return TLanes.CopySign(value, z);
    }
}
