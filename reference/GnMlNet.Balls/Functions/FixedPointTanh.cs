using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;

namespace GnMlNet.Balls;

/// <summary>
/// The hyperbolic tangent and the logistic function with their derivatives in fixed point: every result is a multiple of the ulp 2^-<see cref="FractionBits"/>
/// and comes with a proved bound on its absolute error in ulps. Immutable; may be used by several threads at once.
/// </summary>
/// <remarks>
/// <para>The bounds are some ten to forty ulps and are computed with each result; docs/certified-tanh.md has the proof. A bound of <see cref="Unbounded"/> says
/// that nothing is known; the algorithm never arrives there.</para>
/// <para>Accuracy is absolute: a slope far out, below some ulps, has no correct digit. 1 itself has no place among the fractions and becomes 1 less one ulp,
/// the bound including that.</para>
/// </remarks>
public sealed unsafe class FixedPointTanh
{
    /// <summary>The bound that says that nothing is known.</summary>
    public const ulong Unbounded = TanhCertificate.Unbounded;

    /// <summary>The greatest number of fraction bits.</summary>
    public const int MaximumFractionBits = 8192;

    private static readonly ConcurrentDictionary<int, FixedPointTanh> Instances = new();
    private readonly ExponentialTable _table;

    /// <summary>Builds the tables; <see cref="For"/> keeps them.</summary>
    /// <param name="fractionBits">Bits after the binary point: a multiple of 64 from 64 to <see cref="MaximumFractionBits"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is no such multiple.</exception>
    public FixedPointTanh(int fractionBits)
    {
        if (fractionBits is < 64 or > MaximumFractionBits || fractionBits % 64 != 0)
            throw new ArgumentOutOfRangeException(nameof(fractionBits), fractionBits, $"A multiple of 64 from 64 to {MaximumFractionBits}.");
        FractionBits = fractionBits;
        _table = new ExponentialTable(fractionBits);
    }

    /// <summary>Bits after the binary point.</summary>
    public int FractionBits { get; }

    /// <summary>64-bit limbs of a fraction, the least significant first.</summary>
    public int LimbCount => _table.LimbCount;

    /// <summary>The instance for this many bits, built when it is first asked for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no multiple of 64 from 64 to <see cref="MaximumFractionBits"/>.</exception>
    public static FixedPointTanh For(int fractionBits) => Instances.GetOrAdd(fractionBits, static bits => new FixedPointTanh(bits));

    /// <summary>tanh |x| and its slope sech^2 x; the tangent's sign is that of x.</summary>
    /// <param name="integerParts">The integer part of |x| for each argument; from 2^19 on, the limits 1 and 0 are returned with their error.</param>
    /// <param name="fractions">The fractions of |x|: <see cref="LimbCount"/> limbs for each argument.</param>
    /// <param name="tanh">The tangents, in the layout of the fractions.</param>
    /// <param name="slope">The slopes, likewise.</param>
    /// <param name="tanhErrorUlps">For each argument a bound on the error of the tangent in ulps.</param>
    /// <param name="slopeErrorUlps">For each argument a bound on the error of the slope in ulps.</param>
    /// <exception cref="ArgumentException">A length does not fit. Nothing is allocated; results may not overlap arguments.</exception>
    public void Evaluate(
        ReadOnlySpan<ulong> integerParts,
        ReadOnlySpan<ulong> fractions,
        Span<ulong> tanh,
        Span<ulong> slope,
        Span<ulong> tanhErrorUlps,
        Span<ulong> slopeErrorUlps)
    {
        int n = LimbCount, count = integerParts.Length;
        CheckLengths(count, n, fractions.Length, tanh.Length, slope.Length, tanhErrorUlps.Length, slopeErrorUlps.Length);
        ulong* scratch = stackalloc ulong[TanhKernel.ScratchLimbs(n) + n], doubled = scratch + TanhKernel.ScratchLimbs(n);
        fixed (ulong* x = fractions, t = tanh, s = slope)
        {
            for (int j = 0; j < count; j++)
            {
                int at = j * n;
                ulong carry = 0;
                for (int i = 0; i < n; i++)
                {
                    ulong limb = x[at + i];
                    doubled[i] = (limb << 1) | carry;
                    carry = limb >> 63;
                }

                // Doubling an integer part beyond the range must not wrap.
                ulong integer = Math.Min(integerParts[j], 1UL << 40);
                TanhKernel.Evaluate(
                    _table, (integer << 1) | carry, doubled, t + at, s + at, scratch, out tanhErrorUlps[j], out slopeErrorUlps[j]);
            }
        }
    }

    /// <summary>The logistic function 1/(1 + exp(-|x|)) and its slope; for x below zero the value is 1 less the result and the slope is the same.</summary>
    /// <param name="integerParts">The integer part of |x| for each argument; from 2^20 on, the limits 1 and 0 are returned with their error.</param>
    /// <param name="fractions">The fractions of |x|: <see cref="LimbCount"/> limbs for each argument.</param>
    /// <param name="values">The values, in the layout of the fractions.</param>
    /// <param name="slope">The slopes, likewise.</param>
    /// <param name="valueErrorUlps">For each argument a bound on the error of the value in ulps.</param>
    /// <param name="slopeErrorUlps">For each argument a bound on the error of the slope in ulps.</param>
    /// <exception cref="ArgumentException">A length does not fit. Nothing is allocated; results may not overlap arguments.</exception>
    public void EvaluateLogistic(
        ReadOnlySpan<ulong> integerParts,
        ReadOnlySpan<ulong> fractions,
        Span<ulong> values,
        Span<ulong> slope,
        Span<ulong> valueErrorUlps,
        Span<ulong> slopeErrorUlps)
    {
        int n = LimbCount, count = integerParts.Length;
        CheckLengths(count, n, fractions.Length, values.Length, slope.Length, valueErrorUlps.Length, slopeErrorUlps.Length);
        ulong* scratch = stackalloc ulong[TanhKernel.ScratchLimbs(n)];
        fixed (ulong* x = fractions, v = values, s = slope)
        {
            for (int j = 0; j < count; j++)
            {
                ulong* value = v + (j * n), valueSlope = s + (j * n);
                TanhKernel.Evaluate(_table, integerParts[j], x + (j * n), value, valueSlope, scratch, out ulong error, out ulong slopeError);
                // The logistic function is (1 + tanh(x/2))/2 and its slope sech^2(x/2)/4; each shift cuts off less than one ulp.
                ShiftRight(value, n, 1);
                value[n - 1] |= 1UL << 63;
                ShiftRight(valueSlope, n, 2);
                valueErrorUlps[j] = error == Unbounded ? Unbounded : (error / 2) + 2;
                slopeErrorUlps[j] = slopeError == Unbounded ? Unbounded : (slopeError / 4) + 2;
            }
        }
    }

    /// <summary>tanh and its slope at arguments of either sign, all numbers being integers times 2^-<paramref name="fractionBits"/>.</summary>
    /// <param name="scaled">The arguments; those beyond 2^19 give the limits with their error.</param>
    /// <param name="fractionBits">A multiple of 64 from 64 to <see cref="MaximumFractionBits"/>.</param>
    /// <param name="tanh">The tangents.</param>
    /// <param name="slope">The slopes.</param>
    /// <param name="tanhErrorUlps">For each argument a bound on the error of the tangent in ulps.</param>
    /// <param name="slopeErrorUlps">For each argument a bound on the error of the slope in ulps.</param>
    /// <exception cref="ArgumentException">A length does not fit, or there is no such number of bits.</exception>
    public static void Evaluate(
        ReadOnlySpan<BigInteger> scaled,
        int fractionBits,
        Span<BigInteger> tanh,
        Span<BigInteger> slope,
        Span<ulong> tanhErrorUlps,
        Span<ulong> slopeErrorUlps) => For(fractionBits).EvaluateIntegers(scaled, isLogistic: false, tanh, slope, tanhErrorUlps, slopeErrorUlps);

    /// <summary>The logistic function and its slope at arguments of either sign, all numbers being integers times 2^-<paramref name="fractionBits"/>.</summary>
    /// <param name="scaled">The arguments; those beyond 2^20 give the limits with their error.</param>
    /// <param name="fractionBits">A multiple of 64 from 64 to <see cref="MaximumFractionBits"/>.</param>
    /// <param name="values">The values.</param>
    /// <param name="slope">The slopes.</param>
    /// <param name="valueErrorUlps">For each argument a bound on the error of the value in ulps.</param>
    /// <param name="slopeErrorUlps">For each argument a bound on the error of the slope in ulps.</param>
    /// <exception cref="ArgumentException">A length does not fit, or there is no such number of bits.</exception>
    public static void EvaluateLogistic(
        ReadOnlySpan<BigInteger> scaled,
        int fractionBits,
        Span<BigInteger> values,
        Span<BigInteger> slope,
        Span<ulong> valueErrorUlps,
        Span<ulong> slopeErrorUlps) => For(fractionBits).EvaluateIntegers(scaled, isLogistic: true, values, slope, valueErrorUlps, slopeErrorUlps);

    private void EvaluateIntegers(
        ReadOnlySpan<BigInteger> scaled, bool isLogistic, Span<BigInteger> values, Span<BigInteger> slope, Span<ulong> valueErrors, Span<ulong> slopeErrors)
    {
        int n = LimbCount, count = scaled.Length;
        CheckLengths(count, 1, count, values.Length, slope.Length, valueErrors.Length, slopeErrors.Length);
        Span<ulong> argument = stackalloc ulong[n + 1], value = stackalloc ulong[n], valueSlope = stackalloc ulong[n];
        for (int j = 0; j < count; j++)
        {
            BigInteger size = BigInteger.Abs(scaled[j]);
            argument.Clear();
            // Too long for the limbs is beyond the range: any argument there gives the same result.
            if (!size.TryWriteBytes(MemoryMarshal.AsBytes(argument), out _, isUnsigned: true)) argument[n] = ulong.MaxValue;
            if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Limbs are read as little-endian bytes.");
            ReadOnlySpan<ulong> integer = argument.Slice(n, 1), fraction = argument[..n];
            Span<ulong> valueError = valueErrors.Slice(j, 1), slopeError = slopeErrors.Slice(j, 1);
            if (isLogistic) EvaluateLogistic(integer, fraction, value, valueSlope, valueError, slopeError);
            else Evaluate(integer, fraction, value, valueSlope, valueError, slopeError);
            var result = new BigInteger(MemoryMarshal.AsBytes(value), isUnsigned: true);
            if (scaled[j].Sign < 0) result = isLogistic ? (BigInteger.One << FractionBits) - result : -result;
            values[j] = result;
            slope[j] = new BigInteger(MemoryMarshal.AsBytes(valueSlope), isUnsigned: true);
        }
    }

    private static void ShiftRight(ulong* a, int n, int bits)
    {
        for (int i = 0; i < n - 1; i++) a[i] = (a[i] >> bits) | (a[i + 1] << (64 - bits));
        a[n - 1] >>= bits;
    }

    private static void CheckLengths(int count, int limbs, int arguments, int values, int slopes, int valueErrors, int slopeErrors)
    {
        long length = (long)count * limbs;
        if (arguments != length || values != length || slopes != length || valueErrors != count || slopeErrors != count)
            throw new ArgumentException($"{count} arguments need {length} limbs or numbers of each kind and {count} bounds.");
    }
}
