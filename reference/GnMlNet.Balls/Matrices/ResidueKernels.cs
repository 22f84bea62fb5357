using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace GnMlNet.Balls.Matrices;

/// <summary>
/// The inner loops of exact products. All doubles are integers below 2^53 in absolute value under the conditions that <see cref="ResidueProduct"/>
/// asserts, so every operation is exact: order, vector width and fused or separate multiply-add cannot change a bit.
/// </summary>
internal static unsafe class ResidueKernels
{
    private const int Block = IntegerMatrix.TileLength;
    private const int Panel = IntegerMatrix.PanelColumns;

    /// <summary>Residues modulo four primes of the 48 entries of a tile.</summary>
    /// <param name="digits">The tile, digit 0 of all entries first.</param>
    /// <param name="digitCount">Number of digits.</param>
    /// <param name="weights">2^(22 t) modulo each of the four primes: four numbers for every t.</param>
    /// <param name="primes">The four primes.</param>
    /// <param name="inverses">Their reciprocals, rounded.</param>
    /// <param name="residues">Receives the residues modulo the first prime.</param>
    /// <param name="residueStride">From a residue to that of the next prime.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Reduce(
        double* digits, int digitCount, double* weights, double* primes, double* inverses, double* residues, long residueStride)
    {
        for (int e = 0; e < Block; e += 8)
        {
            Lanes a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
            double* source = digits + e;
            double* weight = weights;
            for (int t = 0; t < digitCount; t++, source += Block, weight += 4)
            {
                Lanes x0 = Vector256.Load(source), x1 = Vector256.Load(source + 4);
                Lanes w = Vector256.Create(weight[0]);
                a0 = Vector256.MultiplyAddEstimate(x0, w, a0);
                a1 = Vector256.MultiplyAddEstimate(x1, w, a1);
                w = Vector256.Create(weight[1]);
                b0 = Vector256.MultiplyAddEstimate(x0, w, b0);
                b1 = Vector256.MultiplyAddEstimate(x1, w, b1);
                w = Vector256.Create(weight[2]);
                c0 = Vector256.MultiplyAddEstimate(x0, w, c0);
                c1 = Vector256.MultiplyAddEstimate(x1, w, c1);
                w = Vector256.Create(weight[3]);
                d0 = Vector256.MultiplyAddEstimate(x0, w, d0);
                d1 = Vector256.MultiplyAddEstimate(x1, w, d1);
            }

            double* target = residues + e;
            StoreReduced(a0, a1, primes[0], inverses[0], target);
            StoreReduced(b0, b1, primes[1], inverses[1], target + residueStride);
            StoreReduced(c0, c1, primes[2], inverses[2], target + (2 * residueStride));
            StoreReduced(d0, d1, primes[3], inverses[3], target + (3 * residueStride));
        }
    }

    /// <summary>Adds to a tile of 4 x 12 the reduced sum over a chunk of rows of four columns of A times twelve of B.</summary>
    /// <param name="a">First of the four columns; rows are a panel's width apart.</param>
    /// <param name="b">The panel of B.</param>
    /// <param name="terms">Number of rows, at most a chunk.</param>
    /// <param name="prime">The prime.</param>
    /// <param name="inverse">Its reciprocal, rounded.</param>
    /// <param name="tile">The tile, row by row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTile(double* a, double* b, int terms, double prime, double inverse, double* tile)
    {
        Lanes c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Lanes c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        for (int k = 0; k < terms; k++, a += Panel, b += Panel)
        {
            Lanes b0 = Vector256.Load(b), b1 = Vector256.Load(b + 4), b2 = Vector256.Load(b + 8);
            Lanes x = Vector256.Create(a[0]);
            c00 = Vector256.MultiplyAddEstimate(x, b0, c00);
            c01 = Vector256.MultiplyAddEstimate(x, b1, c01);
            c02 = Vector256.MultiplyAddEstimate(x, b2, c02);
            x = Vector256.Create(a[1]);
            c10 = Vector256.MultiplyAddEstimate(x, b0, c10);
            c11 = Vector256.MultiplyAddEstimate(x, b1, c11);
            c12 = Vector256.MultiplyAddEstimate(x, b2, c12);
            x = Vector256.Create(a[2]);
            c20 = Vector256.MultiplyAddEstimate(x, b0, c20);
            c21 = Vector256.MultiplyAddEstimate(x, b1, c21);
            c22 = Vector256.MultiplyAddEstimate(x, b2, c22);
            x = Vector256.Create(a[3]);
            c30 = Vector256.MultiplyAddEstimate(x, b0, c30);
            c31 = Vector256.MultiplyAddEstimate(x, b1, c31);
            c32 = Vector256.MultiplyAddEstimate(x, b2, c32);
        }

        Lanes q = Vector256.Create(prime), r = Vector256.Create(inverse);
        AddReduced(c00, q, r, tile);
        AddReduced(c01, q, r, tile + 4);
        AddReduced(c02, q, r, tile + 8);
        AddReduced(c10, q, r, tile + 12);
        AddReduced(c11, q, r, tile + 16);
        AddReduced(c12, q, r, tile + 20);
        AddReduced(c20, q, r, tile + 24);
        AddReduced(c21, q, r, tile + 28);
        AddReduced(c22, q, r, tile + 32);
        AddReduced(c30, q, r, tile + 36);
        AddReduced(c31, q, r, tile + 40);
        AddReduced(c32, q, r, tile + 44);
    }

    /// <summary>Replaces each value x by a residue of x * factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReduceAndScale(double* values, long length, double prime, double inverse, double factor)
    {
        Lanes q = Vector256.Create(prime), r = Vector256.Create(inverse), f = Vector256.Create(factor);
        for (long e = 0; e < length; e += 4) Reduced(Reduced(Vector256.Load(values + e), q, r) * f, q, r).Store(values + e);
    }

    /// <summary>Chinese remaindering of the 48 entries of a tile: digits of sum_k c_k M_k - Q M.</summary>
    /// <param name="residues">c_0 of the first entry.</param>
    /// <param name="residueStride">From c_k to c_(k+1).</param>
    /// <param name="inverses">Reciprocals of the primes.</param>
    /// <param name="primeCount">Number of primes.</param>
    /// <param name="table">For each four digits: those of all M_k and of -M, the four of one number side by side.</param>
    /// <param name="digitCount">Number of digits that are wanted.</param>
    /// <param name="digits">Receives the tile, digit 0 of all entries first.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(
        double* residues, long residueStride, double* inverses, int primeCount, double* table, int digitCount, double* digits)
    {
        double* quotients = stackalloc double[Block];
        double* carries = stackalloc double[Block];
        for (int e = 0; e < Block; e += 4)
        {
            Lanes sum = default;
            for (int k = 0; k < primeCount; k++)
            {
                sum = Vector256.MultiplyAddEstimate(Vector256.Load(residues + (k * residueStride) + e), Vector256.Create(inverses[k]), sum);
            }

            Vector256.Round(sum).Store(quotients + e);
            Lanes.Zero.Store(carries + e);
        }

        for (int t = 0; t < digitCount; t += 4)
        {
            int kept = Math.Min(4, digitCount - t);
            for (int e = 0; e < Block; e += Panel)
            {
                Lanes a0 = default, a1 = default, a2 = default, b0 = default, b1 = default, b2 = default;
                Lanes c0 = default, c1 = default, c2 = default, d0 = default, d1 = default, d2 = default;
                double* entry = residues + e;
                double* number = table + ((long)t * (primeCount + 1));
                for (int k = 0; k <= primeCount; k++, entry += residueStride, number += 4)
                {
                    if (k == primeCount) entry = quotients + e;
                    Lanes x0 = Vector256.Load(entry), x1 = Vector256.Load(entry + 4), x2 = Vector256.Load(entry + 8);
                    Lanes w = Vector256.Create(number[0]);
                    a0 = Vector256.MultiplyAddEstimate(x0, w, a0);
                    a1 = Vector256.MultiplyAddEstimate(x1, w, a1);
                    a2 = Vector256.MultiplyAddEstimate(x2, w, a2);
                    w = Vector256.Create(number[1]);
                    b0 = Vector256.MultiplyAddEstimate(x0, w, b0);
                    b1 = Vector256.MultiplyAddEstimate(x1, w, b1);
                    b2 = Vector256.MultiplyAddEstimate(x2, w, b2);
                    w = Vector256.Create(number[2]);
                    c0 = Vector256.MultiplyAddEstimate(x0, w, c0);
                    c1 = Vector256.MultiplyAddEstimate(x1, w, c1);
                    c2 = Vector256.MultiplyAddEstimate(x2, w, c2);
                    w = Vector256.Create(number[3]);
                    d0 = Vector256.MultiplyAddEstimate(x0, w, d0);
                    d1 = Vector256.MultiplyAddEstimate(x1, w, d1);
                    d2 = Vector256.MultiplyAddEstimate(x2, w, d2);
                }

                double* target = digits + (t * Block) + e;
                StoreDigits(a0, b0, c0, d0, kept, carries + e, target);
                StoreDigits(a1, b1, c1, d1, kept, carries + e + 4, target + 4);
                StoreDigits(a2, b2, c2, d2, kept, carries + e + 8, target + 8);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Reduced(Lanes x, Lanes prime, Lanes inverse) => Vector256.MultiplyAddEstimate(-Vector256.Round(x * inverse), prime, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddReduced(Lanes x, Lanes prime, Lanes inverse, double* sum) => (Vector256.Load(sum) + Reduced(x, prime, inverse)).Store(sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreReduced(Lanes x0, Lanes x1, double prime, double inverse, double* target)
    {
        Lanes q = Vector256.Create(prime), r = Vector256.Create(inverse);
        Reduced(x0, q, r).Store(target);
        Reduced(x1, q, r).Store(target + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreDigits(Lanes a, Lanes b, Lanes c, Lanes d, int kept, double* carry, double* target)
    {
        Lanes rest = StoreDigit(a, Vector256.Load(carry), target);
        if (kept > 1) rest = StoreDigit(b, rest, target + Block);
        if (kept > 2) rest = StoreDigit(c, rest, target + (2 * Block));
        if (kept > 3) rest = StoreDigit(d, rest, target + (3 * Block));
        rest.Store(carry);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes StoreDigit(Lanes value, Lanes carry, double* target)
    {
        Lanes sum = value + carry;
        Lanes next = Vector256.Round(sum * Vector256.Create(1 / IntegerMatrix.Radix));
        Vector256.MultiplyAddEstimate(-next, Vector256.Create(IntegerMatrix.Radix), sum).Store(target);
        return next;
    }
}
