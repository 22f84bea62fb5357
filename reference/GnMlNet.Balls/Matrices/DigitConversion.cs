using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace GnMlNet.Balls.Matrices;

/// <summary>Twelve entries side by side in a row of an <see cref="IntegerMatrix"/> from and to big integers.</summary>
/// <remarks>Digits are integers below 2^23 in absolute value, so all double arithmetic on them is exact.</remarks>
internal sealed unsafe class DigitConversion
{
    private const int Width = IntegerMatrix.PanelColumns;
    private const int DigitBits = IntegerMatrix.DigitBits;
    private const int LimbBits = 64;

    // From a digit of an entry to the next.
    private const int Distance = IntegerMatrix.TileLength;
    private const ulong Mask = (1 << DigitBits) - 1;

    // The bits of 2^52: a double from there on has its integer in the low bits.
    private const ulong IntegerBits = 0x4330_0000_0000_0000;
    private const double IntegerOffset = 1L << 52;

    private readonly int _digits;
    private readonly int _length;
    private readonly ulong[] _number;
    private readonly ulong[] _limbs;

    /// <summary>For entries of so many digits.</summary>
    public DigitConversion(int digits)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Limbs are read as little-endian bytes.");
        // With a bit for the sign; one limb more is read together with the last one.
        (_digits, _length) = (digits, (digits * DigitBits / LimbBits) + 1);
        (_number, _limbs) = (new ulong[_length], new ulong[(_length + 1) * Width]);
    }

    /// <summary>Writes at most twelve integers.</summary>
    /// <param name="entries">The integers.</param>
    /// <param name="target">The digits of the first one; those of the next one are beside them, and zeros beyond the last.</param>
    public void Write(ReadOnlySpan<BigInteger> entries, double* target)
    {
        double* signs = stackalloc double[Width];
        fixed (ulong* number = _number, limbs = _limbs)
        {
            for (int e = 0; e < Width; e++)
            {
                bool isNegative = e < entries.Length && entries[e].Sign < 0;
                signs[e] = isNegative ? -1 : 1;
                WriteSize(e < entries.Length ? entries[e] : BigInteger.Zero, isNegative, number, limbs + e);
            }

            Split(limbs, signs, target);
        }
    }

    /// <summary>Reads at most twelve integers, laid out as <see cref="Write"/> writes them.</summary>
    public void Read(double* source, Span<BigInteger> entries)
    {
        fixed (ulong* number = _number, limbs = _limbs)
        {
            Join(source, limbs);
            for (int e = 0; e < entries.Length; e++)
            {
                for (int i = 0; i < _length; i++) number[i] = limbs[(i * Width) + e];
                entries[e] = new BigInteger(new ReadOnlySpan<byte>(number, _length * sizeof(ulong)));
            }
        }
    }

    // The limbs of |value|, a panel's width apart.
    private void WriteSize(BigInteger value, bool isNegative, ulong* number, ulong* limbs)
    {
        var bytes = new Span<byte>(number, _length * sizeof(ulong));
        value.TryWriteBytes(bytes, out int written);
        ulong flip = isNegative ? ulong.MaxValue : 0, carry = flip & 1;
        bytes[written..].Fill((byte)flip);
        for (int i = 0; i < _length; i++)
        {
            ulong limb = (number[i] ^ flip) + carry;
            carry = limb == 0 ? carry : 0;
            limbs[i * Width] = limb;
        }
    }

    // Limbs to digits of at most 2^21, the rest of a greater one being negative with a carry of 1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Split(ulong* limbs, double* signs, double* target)
    {
        for (int e = 0; e < Width; e += 4)
        {
            Lanes sign = Vector256.Load(signs + e), carry = default;
            double* digit = target + e;
            for (int t = 0, bit = 0; t < _digits; t++, bit += DigitBits, digit += Distance)
            {
                ulong* limb = limbs + (bit / LimbBits * Width) + e;
                int place = bit % LimbBits;
                Vector256<ulong> part = Vector256.ShiftRightLogical(Vector256.Load(limb), place);
                if (place > LimbBits - DigitBits) part |= Vector256.ShiftLeft(Vector256.Load(limb + Width), LimbBits - place);
                part = (part & Vector256.Create(Mask)) | Vector256.Create(IntegerBits);
                Lanes value = part.AsDouble() - Vector256.Create(IntegerOffset) + carry;
                Lanes isGreater = Vector256.GreaterThan(value, Vector256.Create(IntegerMatrix.Radix / 2));
                carry = isGreater & Lanes.One;
                ((value - (isGreater & Vector256.Create(IntegerMatrix.Radix))) * sign).Store(digit);
            }
        }
    }

    // Digits to limbs of two's complement: after the last digit the carry is 0 or -1, the sign.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Join(double* source, ulong* limbs)
    {
        for (int e = 0; e < Width; e += 4)
        {
            Lanes carry = default;
            Vector256<ulong> limb = default;
            double* digit = source + e;
            for (int t = 0, i = 0, place = 0; i < _length; t++, digit += Distance)
            {
                Lanes value = t < _digits ? Vector256.Load(digit) + carry : carry;
                carry = Vector256.Floor(value * (1 / IntegerMatrix.Radix));
                Lanes rest = value - (carry * IntegerMatrix.Radix);
                Vector256<ulong> part = (rest + Vector256.Create(IntegerOffset)).AsUInt64() & Vector256.Create(Mask);
                limb |= Vector256.ShiftLeft(part, place);
                place += DigitBits;
                if (place < LimbBits) continue;
                limb.Store(limbs + (i++ * Width) + e);
                place -= LimbBits;
                limb = Vector256.ShiftRightLogical(part, DigitBits - place);
            }
        }
    }
}
