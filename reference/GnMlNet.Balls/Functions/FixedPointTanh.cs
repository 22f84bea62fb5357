using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace GnMlNet.Balls;

/// <summary>
/// The hyperbolic tangent with its derivative in fixed point: every result is a multiple of the unit 2^-<see cref="FractionBits"/> and comes with a proved bound on
/// its absolute error in units. Immutable; may be used by several threads at once.
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
        Evaluate(arguments, tanh, slope, [], []);

    /// <summary>The same with a bound for each result, where there is room for them.</summary>
    /// <param name="arguments">The arguments, of any size.</param>
    /// <param name="tanh">The tangents.</param>
    /// <param name="slope">The slopes.</param>
    /// <param name="tanhUnits">For each argument a bound on the error of the tangent in units.</param>
    /// <param name="slopeUnits">For each argument a bound on the error of the slope in units.</param>
    /// <returns>The greatest bounds.</returns>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    internal (ulong TanhUnits, ulong SlopeUnits) Evaluate(
        ReadOnlySpan<BigInteger> arguments, Span<BigInteger> tanh, Span<BigInteger> slope, Span<ulong> tanhUnits, Span<ulong> slopeUnits)
    {
        int n = LimbCount, count = arguments.Length;
        if (tanh.Length != count || slope.Length != count)
            throw new ArgumentException($"{count} arguments need as many tangents and slopes.");
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Limbs are read as little-endian bytes.");
        ulong* argument = stackalloc ulong[(3 * n) + 1 + TanhKernel.ScratchLimbs(n)], value = argument + n + 1, valueSlope = value + n, scratch = valueSlope + n;
        ulong greatestTanh = 0, greatestSlope = 0;
        for (int j = 0; j < count; j++)
        {
            ReadDoubled(BigInteger.Abs(arguments[j]), argument);
            TanhKernel.Evaluate(_table, argument[n], argument, value, valueSlope, scratch, out ulong error, out ulong slopeError);
            (error, slopeError) = (RoundToUnits(value, error), RoundToUnits(valueSlope, slopeError));
            BigInteger result = ToInteger(value, n);
            (tanh[j], slope[j]) = (arguments[j].Sign < 0 ? -result : result, ToInteger(valueSlope, n));
            (greatestTanh, greatestSlope) = (Math.Max(greatestTanh, error), Math.Max(greatestSlope, slopeError));
            if (!tanhUnits.IsEmpty) (tanhUnits[j], slopeUnits[j]) = (error, slopeError);
        }

        return (greatestTanh, greatestSlope);
    }

    // Of twice the number: the fraction and, one limb above it, the integer part; a number that is too long for that is beyond the range, where one is like another.
    private void ReadDoubled(BigInteger size, ulong* argument)
    {
        int length = LimbCount + 1;
        var limbs = new Span<ulong>(argument, length);
        limbs.Clear();
        bool fits = size.TryWriteBytes(MemoryMarshal.AsBytes(limbs), out _, isUnsigned: true);
        ulong lost = SpareBits > 0 ? Limbs.ShiftLeft(argument, length, SpareBits, argument) : 0;
        lost |= Limbs.ShiftLeft(argument, length, 1, argument);
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

    private static BigInteger ToInteger(ulong* limbs, int n) => new(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(limbs, n)), isUnsigned: true);
}
