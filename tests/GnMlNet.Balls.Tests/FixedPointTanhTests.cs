using System.Globalization;
using CsCheck;

namespace GnMlNet.Balls.Tests;

public class FixedPointTanhTests
{
    private const int Useful = 64;
    private const int Ulp = SlowTanh.ExtraBits;

    [Theory]
    [InlineData(32, 20_000)]
    [InlineData(64, 50_000)]
    [InlineData(65, 10_000)]
    [InlineData(96, 50_000)]
    [InlineData(128, 50_000)]
    [InlineData(200, 30_000)]
    [InlineData(256, 30_000)]
    [InlineData(320, 10_000)]
    [InlineData(512, 10_000)]
    [InlineData(1024, 3_000)]
    public void Errors_stay_within_their_bounds_and_the_bounds_are_small(int bits, int count)
    {
        BigInteger one = BigInteger.One << bits;
        BigInteger[] x = Arguments(bits, count, 17);
        var result = new Results(x, bits);
        (ulong tanhUnits, ulong slopeUnits) = (result.TanhErrors.Max(), result.SlopeErrors.Max());
        Math.Max(tanhUnits, slopeUnits).Should().BeLessThan(Useful);
        Parallel.For(0, x.Length, i =>
        {
            (BigInteger tanh, BigInteger slope) = SlowTanh.Evaluate(x[i], bits);
            bool holds = IsWithin(result.Tanh[i], tanh, result.TanhErrors[i], Ulp) && IsWithin(result.Slope[i], slope, result.SlopeErrors[i], Ulp);
            // The slope is 1 - tanh^2; an error e of tanh enters with at most 2 e + e^2.
            BigInteger e = result.TanhErrors[i], gap = (result.Slope[i] * one) - ((one * one) - (result.Tanh[i] * result.Tanh[i]));
            holds &= BigInteger.Abs(gap) <= ((result.SlopeErrors[i] + (2 * e)) * one) + (e * e);
            if (!holds) Assert.Fail($"{bits} bits, {x[i]}: {result.Tanh[i]} +- {result.TanhErrors[i]}, {result.Slope[i]} +- {result.SlopeErrors[i]}");
        });

        // Without room for each bound, the greatest ones and the same numbers.
        BigInteger[] tanhs = new BigInteger[count], slopes = new BigInteger[count];
        FixedPointTanh.For(bits).Evaluate(x, tanhs, slopes).Should().Be((tanhUnits, slopeUnits));
        (tanhs.AsSpan().SequenceEqual(result.Tanh) && slopes.AsSpan().SequenceEqual(result.Slope)).Should().BeTrue();
    }

    [Theory]
    [InlineData(64)]
    [InlineData(96)]
    [InlineData(256)]
    [InlineData(1000)]
    public void Values_of_another_library_are_within_the_bounds(int bits)
    {
        // Written by generate_tanh.py beside the file, to 330 decimals: off by less than 10^-329, far below an ulp.
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Values", "tanh.csv"));
        lines.Should().HaveCountGreaterThan(400);
        string[][] rows = lines.Skip(1).Select(line => line.Split(',')).ToArray();
        var x = rows.Select(row => Parse(row[0]) << (bits - int.Parse(row[1], CultureInfo.InvariantCulture))).ToArray();
        var result = new Results(x, bits);
        for (int i = 0; i < x.Length; i++)
        {
            const int extra = 32;
            IsWithin(result.Tanh[i], Scaled(rows[i][2], bits + extra), result.TanhErrors[i], extra).Should().BeTrue();
            IsWithin(result.Slope[i], Scaled(rows[i][3], bits + extra), result.SlopeErrors[i], extra).Should().BeTrue();
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(256)]
    public void It_is_odd_rises_and_keeps_to_its_limits(int bits)
    {
        BigInteger one = BigInteger.One << bits;
        BigInteger[] x = Arguments(bits, 5_000, 3);
        Array.Sort(x);
        // With spare bits 1 is a multiple of the unit; else the last place below it stands for it.
        BigInteger limit = bits % 64 == 0 ? one - 1 : one;
        Results result = new(x, bits), mirrored = new(x.Select(value => -value).ToArray(), bits);
        for (int i = 0; i < x.Length; i++)
        {
            (mirrored.Tanh[i] == -result.Tanh[i] && mirrored.Slope[i] == result.Slope[i]).Should().BeTrue();
            (BigInteger.Abs(result.Tanh[i]) <= limit && result.Slope[i].Sign >= 0 && result.Slope[i] <= limit).Should().BeTrue();
            if (i > 0) (result.Tanh[i - 1] <= result.Tanh[i] + result.TanhErrors[i - 1] + result.TanhErrors[i]).Should().BeTrue();
        }

        var zero = new Results([BigInteger.Zero], bits);
        (zero.Tanh[0], zero.TanhErrors[0], zero.Slope[0], zero.SlopeErrors[0]).Should().Be((BigInteger.Zero, bits % 64 == 0 ? 0UL : 1UL, limit, 1UL));
        var far = new Results([one << 19, one << 64, one << 83, one << 5000, -(one << 19)], bits);
        far.Tanh.Should().Equal(limit, limit, limit, limit, -limit);
        far.Slope.Should().AllSatisfy(slope => slope.IsZero.Should().BeTrue());
        far.TanhErrors.Should().OnlyContain(bound => bound == 1);
        far.SlopeErrors.Should().OnlyContain(bound => bound == 1);
    }

    [Fact]
    public void The_addition_theorem_holds_within_the_bounds()
    {
        const int bits = 192;
        BigInteger one = BigInteger.One << bits;
        BigInteger[] x = Arguments(bits, 3_000, 8);
        for (int i = 1; i < x.Length; i++)
        {
            var r = new Results([x[i - 1], x[i], x[i - 1] + x[i]], bits);
            // tanh(a + b) (1 + tanh a tanh b) = tanh a + tanh b; errors of a, b, a + b enter with factors at most 2, 2 and 2.
            BigInteger left = r.Tanh[2] * ((one * one) + (r.Tanh[0] * r.Tanh[1])), right = (r.Tanh[0] + r.Tanh[1]) * one * one;
            BigInteger bound = 2 * ((BigInteger)r.TanhErrors[0] + r.TanhErrors[1] + r.TanhErrors[2] + 1);
            (BigInteger.Abs(left - right) <= bound * one * one).Should().BeTrue();
        }
    }

    [Fact]
    public void The_certificate_covers_whatever_it_is_given() => Gen.Select(Gen.Int[1, 6], Gen.Int).Sample(
        (n, seed) =>
        {
            var random = new Random(seed);
            BigInteger one = BigInteger.One << (64 * n);
            BigInteger e = RandomBits(random, 64 * n) >> random.Next(64 * n), t = ((one - e) << (64 * n)) / (one + e);
            // Right, off by a power of two, or anything at all.
            BigInteger shift = (BigInteger.One << random.Next(64 * n)) * (random.Next(2) == 0 ? 1 : -1);
            int kind = random.Next(4);
            if (kind is 1 or 2) t += shift;
            if (kind == 3) t = RandomBits(random, 64 * n);
            t = BigInteger.Max(BigInteger.Zero, BigInteger.Min(t, one - 1));
            ulong bound = Certify(e, t, n);
            BigInteger distance = BigInteger.Abs((one * (one - e)) - (t * (one + e)));
            // |t - (1 - E)/(1 + E)| (1 + E), in ulps times one, is at most the bound, and the bound is no more than 4 ulps above.
            if (bound == FixedPointTanh.Unbounded) (distance >= one << 55).Should().BeTrue();
            else (distance <= bound * one && (bound - BigInteger.Min(4, bound)) * one <= distance).Should().BeTrue();
        },
        iter: 100_000);

    [Fact]
    public void A_corrupted_tangent_widens_the_bound_by_as_much()
    {
        const int n = 4;
        BigInteger one = BigInteger.One << (64 * n), e = one / 3, t = ((one - e) << (64 * n)) / (one + e);
        ulong right = Certify(e, t, n);
        right.Should().BeLessThan(5);
        for (int bit = 3; bit < 256; bit++)
        {
            foreach (int sign in new[] { -1, 1 })
            {
                BigInteger corrupted = t + (sign * (BigInteger.One << bit));
                if (corrupted < 0 || corrupted >= one) continue;
                ulong bound = Certify(e, corrupted, n);
                if (bit >= 56) bound.Should().Be(FixedPointTanh.Unbounded);
                else bound.Should().BeGreaterThanOrEqualTo(1UL << bit);
                TanhCertificate.TanhError(bound, 6).Should().BeGreaterThanOrEqualTo(bound);
                TanhCertificate.SlopeError(bound, 6).Should().BeGreaterThanOrEqualTo(bound);
            }
        }
    }

    [Fact]
    public unsafe void Cut_off_products_keep_their_bound_even_into_an_operand() => Gen.Select(Gen.Int[1, 20], Gen.Int).Sample(
        (n, seed) =>
        {
            var random = new Random(seed);
            ulong[] x = Extreme(random, n), y = Extreme(random, n), result = new ulong[n], sum = new ulong[n];
            BigInteger exact = Value(x) * Value(y), one = BigInteger.One << (64 * n);
            fixed (ulong* a = x, b = y, r = result, s = sum)
            {
                Limbs.MultiplyHigh(a, b, n, r);
                BigInteger error = exact - (Value(result) << (64 * n));
                (error.Sign >= 0 && error < one + (one >> 56)).Should().BeTrue();
                ((Value(x) + Value(y)) == (Limbs.Add(a, b, n, s) * one) + Value(sum)).Should().BeTrue();
                ulong borrow = Limbs.Subtract(a, b, n, s);
                (Value(x) - Value(y) == Value(sum) - (borrow * one)).Should().BeTrue();
                Limbs.MultiplyHigh(a, b, n, b);
            }

            y.Should().Equal(result);
        },
        iter: 50_000);

    [Fact]
    public void Other_numbers_of_bits_and_lengths_are_refused()
    {
        foreach (int bits in new[] { -64, 0, 31, 8193 }) FluentActions.Invoking(() => FixedPointTanh.For(bits)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => FixedPointTanh.For(128).Evaluate(new BigInteger[2], new BigInteger[2], new BigInteger[1])).Should().Throw<ArgumentException>();
        new Results([BigInteger.One << 8191], 8192).TanhErrors[0].Should().BeLessThan(Useful);
    }

    [Fact]
    public void Threads_that_come_at_once_share_an_instance_and_agree()
    {
        const int bits = 1216;
        BigInteger[] x = Arguments(bits, 200, 6);
        var found = new FixedPointTanh[8];
        var tanh = new BigInteger[8][];
        Parallel.For(0, 8, i =>
        {
            found[i] = FixedPointTanh.For(bits);
            tanh[i] = new BigInteger[x.Length];
            found[i].Evaluate(x, tanh[i], new BigInteger[x.Length]);
        });
        found.Should().OnlyContain(function => ReferenceEquals(function, found[0]));
        tanh.Should().OnlyContain(values => values.SequenceEqual(tanh[0]));
    }

    private static unsafe ulong Certify(BigInteger e, BigInteger t, int n)
    {
        ulong* limbs = stackalloc ulong[4 * n];
        for (int i = 0; i < n; i++) (limbs[i], limbs[n + i]) = ((ulong)((e >> (64 * i)) & ulong.MaxValue), (ulong)((t >> (64 * i)) & ulong.MaxValue));
        return TanhCertificate.Residual(limbs, limbs + n, n, limbs + (2 * n), limbs + (3 * n));
    }

    // Limbs of all zeros, all ones and random bits: the carries that random numbers never meet.
    private static ulong[] Extreme(Random random, int n) => Enumerable.Range(0, n).Select(_ => random.Next(3) switch
    {
        0 => 0UL,
        1 => ulong.MaxValue,
        _ => (ulong)random.NextInt64(long.MinValue, long.MaxValue),
    }).ToArray();

    // All scales, the edges of both tables, the neighbourhood of multiples of (ln 2)/2, powers of two and zero, with both signs.
    private static BigInteger[] Arguments(int bits, int count, int seed)
    {
        var random = new Random(seed);
        BigInteger one = BigInteger.One << bits, logarithm = HalfLogarithmOfTwo(bits);
        var x = new BigInteger[count];
        for (int i = 1; i < count; i++)
        {
            int near = random.Next(4) == 0 ? random.Next(bits) : random.Next(5);
            BigInteger offset = (BigInteger.One << near) * random.Next(-1, 2);
            x[i] = random.Next(8) switch
            {
                0 => RandomBits(random, random.Next(1, bits + 20)),
                1 => RandomBits(random, bits),
                2 => RandomBits(random, bits + random.Next(8)),
                3 => ((random.Next(178) << 8) * (one >> 17)) + offset,
                4 => (random.Next(1 << 16) * (one >> 17)) + offset,
                5 => (random.Next(1, random.Next(2) == 0 ? 8 : bits + 20) * logarithm) + offset,
                6 => (BigInteger.One << random.Next(bits + 21)) + offset,
                _ => (random.Next(1, 1 << random.Next(1, 21)) * one) + offset,
            };
            if (random.Next(2) == 0) x[i] = -x[i];
        }

        return x;
    }

    private static BigInteger HalfLogarithmOfTwo(int bits)
    {
        // ln 2 = 2 artanh(1/3).
        BigInteger sum = 0, power = (BigInteger.One << (bits + 32)) / 3;
        for (int k = 1; !power.IsZero; k += 2, power /= 9) sum += power / k;
        return sum >> 32;
    }

    private static BigInteger RandomBits(Random random, int bits)
    {
        var bytes = new byte[(bits / 8) + 2];
        random.NextBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true) & ((BigInteger.One << bits) - 1);
    }

    private static BigInteger Value(ReadOnlySpan<ulong> limbs)
    {
        BigInteger value = 0;
        for (int i = limbs.Length - 1; i >= 0; i--) value = (value << 64) + limbs[i];
        return value;
    }

    // The exact number has extra bits and errs by two units of its last place at most.
    private static bool IsWithin(BigInteger value, BigInteger exact, ulong bound, int extra) =>
        BigInteger.Abs((value << extra) - exact) <= ((BigInteger)bound << extra) + 2;

    private static BigInteger Parse(string text) => BigInteger.Parse(text, CultureInfo.InvariantCulture);

    private static BigInteger Scaled(string number, int bits)
    {
        int point = number.IndexOf('.', StringComparison.Ordinal);
        BigInteger digits = Parse(number.Remove(point, 1));
        return (digits << bits) / BigInteger.Pow(10, number.Length - point - 1);
    }

    private sealed class Results
    {
        public Results(BigInteger[] x, int bits)
        {
            (Tanh, Slope, TanhErrors, SlopeErrors) = (new BigInteger[x.Length], new BigInteger[x.Length], new ulong[x.Length], new ulong[x.Length]);
            FixedPointTanh.For(bits).Evaluate(x, Tanh, Slope, TanhErrors, SlopeErrors);
        }

        public BigInteger[] Tanh { get; }

        public BigInteger[] Slope { get; }

        public ulong[] TanhErrors { get; }

        public ulong[] SlopeErrors { get; }
    }
}
