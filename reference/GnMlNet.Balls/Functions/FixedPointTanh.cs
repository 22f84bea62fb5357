using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace GnMlNet.Balls;

/// <summary>
/// The hyperbolic tangent and the logistic function with their derivatives in fixed point: every result is a multiple of the unit 2^-<see cref="FractionBits"/>
/// and comes with a proved bound on its absolute error in units. Immutable; may be used by several threads at once.
/// </summary>
/// <remarks>
/// <para>Inside, a number has whole 64-bit limbs, <see cref="LimbCount"/> of them after the binary point; their last place 2^(-64 LimbCount) is called ulp, and
/// it is the unit if the fraction bits are a multiple of 64. Other numbers of bits are rounded to, with the error of that in the bound.</para>
/// <para>The bounds are some ten to forty ulps and are computed with each result; docs/certified-tanh.md has the proof. A bound of <see cref="Unbounded"/> says
/// that nothing is known; the algorithm never arrives there.</para>
/// <para>Accuracy is absolute: a slope far out, below some units, has no correct digit. 1 itself has no place among whole limbs and becomes 1 less one ulp,
/// the bound including that.</para>
/// </remarks>
public sealed unsafe class FixedPointTanh
{
    /// <summary>The bound that says that nothing is known.</summary>
    public const ulong Unbounded = TanhCertificate.Unbounded;

    /// <summary>The least number of fraction bits.</summary>
    public const int MinimumFractionBits = 32;

    /// <summary>The greatest number of fraction bits.</summary>
    public const int MaximumFractionBits = 8192;

    // Lazy, so that threads that come at once share one construction.
    private static readonly ConcurrentDictionary<int, Lazy<FixedPointTanh>> Instances = new();
    private readonly ExponentialTable _table;

    private FixedPointTanh(int fractionBits)
    {
        FractionBits = fractionBits;
        int wholeLimbs = (fractionBits + 63) / 64 * 64;
        // Numbers of bits with as many limbs share one table.
        _table = wholeLimbs == fractionBits ? new ExponentialTable(fractionBits) : For(wholeLimbs)._table;
    }

    /// <summary>Bits after the binary point of arguments and results that are integers times the unit.</summary>
    public int FractionBits { get; }

    /// <summary>64-bit limbs of a fraction, the least significant first: as many as the fraction bits need.</summary>
    public int LimbCount => _table.LimbCount;

    // Bits of the limbs beyond the fraction bits.
    private int SpareBits => (64 * LimbCount) - FractionBits;

    /// <summary>The instance for this many bits, built when it is first asked for and kept.</summary>
    /// <param name="fractionBits">From <see cref="MinimumFractionBits"/> to <see cref="MaximumFractionBits"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number of bits.</exception>
    public static FixedPointTanh For(int fractionBits)
    {
        if (fractionBits is < MinimumFractionBits or > MaximumFractionBits)
            throw new ArgumentOutOfRangeException(nameof(fractionBits), fractionBits, $"From {MinimumFractionBits} to {MaximumFractionBits}.");
        return Instances.GetOrAdd(fractionBits, static bits => new Lazy<FixedPointTanh>(() => new FixedPointTanh(bits))).Value;
    }

    /// <summary>tanh and its slope sech^2 at arguments of either sign; arguments and results are integers times the unit 2^-<see cref="FractionBits"/>.</summary>
    /// <param name="arguments">The arguments, of any size.</param>
    /// <param name="tanh">The tangents.</param>
    /// <param name="slope">The slopes.</param>
    /// <returns>Every tangent errs by at most the first number of units, every slope by at most the second.</returns>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public (ulong TanhUnits, ulong SlopeUnits) Evaluate(ReadOnlySpan<BigInteger> arguments, Span<BigInteger> tanh, Span<BigInteger> slope) =>
        EvaluateIntegers(arguments, isLogistic: false, tanh, slope, [], []);

    /// <summary>The same with a bound for each result.</summary>
    /// <param name="arguments">The arguments, of any size.</param>
    /// <param name="tanh">The tangents.</param>
    /// <param name="slope">The slopes.</param>
    /// <param name="tanhUnits">For each argument a bound on the error of the tangent in units.</param>
    /// <param name="slopeUnits">For each argument a bound on the error of the slope in units.</param>
    /// <returns>The greatest bounds.</returns>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public (ulong TanhUnits, ulong SlopeUnits) Evaluate(
        ReadOnlySpan<BigInteger> arguments, Span<BigInteger> tanh, Span<BigInteger> slope, Span<ulong> tanhUnits, Span<ulong> slopeUnits)
    {
        CheckLengths(arguments.Length, 1, arguments.Length, tanh.Length, slope.Length, tanhUnits.Length, slopeUnits.Length);
        return EvaluateIntegers(arguments, isLogistic: false, tanh, slope, tanhUnits, slopeUnits);
    }

    /// <summary>The logistic function 1/(1 + exp(-x)) and its slope at arguments of either sign, all numbers being integers times the unit.</summary>
    /// <param name="arguments">The arguments, of any size.</param>
    /// <param name="values">The values.</param>
    /// <param name="slope">The slopes.</param>
    /// <param name="valueUnits">For each argument a bound on the error of the value in units.</param>
    /// <param name="slopeUnits">For each argument a bound on the error of the slope in units.</param>
    /// <returns>The greatest bounds.</returns>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public (ulong ValueUnits, ulong SlopeUnits) EvaluateLogistic(
        ReadOnlySpan<BigInteger> arguments, Span<BigInteger> values, Span<BigInteger> slope, Span<ulong> valueUnits, Span<ulong> slopeUnits)
    {
        CheckLengths(arguments.Length, 1, arguments.Length, values.Length, slope.Length, valueUnits.Length, slopeUnits.Length);
        return EvaluateIntegers(arguments, isLogistic: true, values, slope, valueUnits, slopeUnits);
    }

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
                ulong carry = Limbs.ShiftLeft(x + at, n, 1, doubled);
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
                (valueErrorUlps[j], slopeErrorUlps[j]) = ToLogistic(n, value, valueSlope, error, slopeError);
            }
        }
    }

    // Without room for bounds, only the greatest are returned.
    private (ulong Value, ulong Slope) EvaluateIntegers(
        ReadOnlySpan<BigInteger> arguments, bool isLogistic, Span<BigInteger> values, Span<BigInteger> slope, Span<ulong> valueUnits, Span<ulong> slopeUnits)
    {
        int n = LimbCount, count = arguments.Length;
        CheckLengths(count, 1, count, values.Length, slope.Length, count, count);
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Limbs are read as little-endian bytes.");
        ulong* argument = stackalloc ulong[(3 * n) + 1 + TanhKernel.ScratchLimbs(n)], value = argument + n + 1, valueSlope = value + n, scratch = valueSlope + n;
        ulong greatestValue = 0, greatestSlope = 0;
        for (int j = 0; j < count; j++)
        {
            bool isNegative = arguments[j].Sign < 0;
            ReadArgument(isNegative ? -arguments[j] : arguments[j], isDoubled: !isLogistic, argument);
            TanhKernel.Evaluate(_table, argument[n], argument, value, valueSlope, scratch, out ulong error, out ulong slopeError);
            if (isLogistic) (error, slopeError) = ToLogistic(n, value, valueSlope, error, slopeError);
            (error, slopeError) = (RoundToUnits(value, error), RoundToUnits(valueSlope, slopeError));
            BigInteger result = ToInteger(value, n);
            if (isNegative) result = isLogistic ? (BigInteger.One << FractionBits) - result : -result;
            (values[j], slope[j]) = (result, ToInteger(valueSlope, n));
            (greatestValue, greatestSlope) = (Math.Max(greatestValue, error), Math.Max(greatestSlope, slopeError));
            if (!valueUnits.IsEmpty) (valueUnits[j], slopeUnits[j]) = (error, slopeError);
        }

        return (greatestValue, greatestSlope);
    }

    // The fraction and, one limb above it, the integer part; a number that is too long for that is beyond the range, where one is like another.
    private void ReadArgument(BigInteger size, bool isDoubled, ulong* argument)
    {
        int length = LimbCount + 1;
        var limbs = new Span<ulong>(argument, length);
        limbs.Clear();
        bool fits = size.TryWriteBytes(MemoryMarshal.AsBytes(limbs), out _, isUnsigned: true);
        ulong lost = 0;
        if (SpareBits > 0) lost |= Limbs.ShiftLeft(argument, length, SpareBits, argument);
        if (isDoubled) lost |= Limbs.ShiftLeft(argument, length, 1, argument);
        if (!fits || lost != 0) argument[LimbCount] = ulong.MaxValue;
    }

    // The nearest unit: half a unit more, and the bound rounded up.
    private ulong RoundToUnits(ulong* value, ulong errorUlps)
    {
        int spare = SpareBits;
        if (spare == 0 || errorUlps == Unbounded) return errorUlps;
        ulong half = 1UL << (spare - 1), carry = Limbs.AddSmall(value, LimbCount, half);
        Limbs.ShiftRight(value, LimbCount, spare, value);
        value[LimbCount - 1] |= carry << (64 - spare);
        // Bounded errors are below 2^60: no overflow.
        return (errorUlps + half + ((1UL << spare) - 1)) >> spare;
    }

    // The logistic function is (1 + tanh(x/2))/2 and its slope sech^2(x/2)/4; each shift cuts off less than one ulp.
    private static (ulong Value, ulong Slope) ToLogistic(int n, ulong* value, ulong* slope, ulong errorUlps, ulong slopeErrorUlps)
    {
        Limbs.ShiftRight(value, n, 1, value);
        value[n - 1] |= 1UL << 63;
        Limbs.ShiftRight(slope, n, 2, slope);
        return (errorUlps == Unbounded ? Unbounded : (errorUlps / 2) + 2, slopeErrorUlps == Unbounded ? Unbounded : (slopeErrorUlps / 4) + 2);
    }

    private static BigInteger ToInteger(ulong* limbs, int n) => new(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(limbs, n)), isUnsigned: true);

    private static void CheckLengths(int count, int limbs, int arguments, int values, int slopes, int valueErrors, int slopeErrors)
    {
        long length = (long)count * limbs;
        if (arguments != length || values != length || slopes != length || valueErrors != count || slopeErrors != count)
            throw new ArgumentException($"{count} arguments need {length} limbs or numbers of each kind and {count} bounds.");
    }
}
