using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// The logistic function 1/(1 + exp(-z)): 1/(1 + E) for z >= 0, E/(1 + E) below, and its derivative E/(1 + E)^2, with E = exp(-|z|).
/// docs/training.md has the measured errors.
/// </summary>
internal readonly struct VectorLogistic : IVectorFunction
{
    /// <summary>The function and its derivative; NaN gives NaN. Both come out as 0 for z below -708, the derivative also above 708.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Value<TLanes>(TLanes z, out TLanes slope)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Of(0), one = TLanes.Of(1), limit = TLanes.Of(VectorExponential<TLanes>.Underflow);
        TLanes magnitude = TLanes.Abs(z);
        VectorExponential<TLanes>.Pair e = VectorExponential<TLanes>.Negative(VectorExponential<TLanes>.AtMostUnderflow(magnitude));
        TLanes high = TLanes.WhereGreater(magnitude, limit, zero, e.High), low = TLanes.WhereGreater(magnitude, limit, zero, e.Low);

        TLanes sum = one + high;
        var denominator = new VectorExponential<TLanes>.Pair(sum, (one - sum) + high + low);
        var numerator = new VectorExponential<TLanes>.Pair(TLanes.WhereGreater(zero, z, high, one), TLanes.WhereGreater(zero, z, low, zero));
        TLanes reciprocal = one / sum;
        slope = VectorExponential<TLanes>.Divide(new VectorExponential<TLanes>.Pair(high, low), denominator, reciprocal) * reciprocal;
        return VectorExponential<TLanes>.Divide(numerator, denominator, reciprocal);
    }
}
