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
        for (int e = 0; e < Block; e += Panel)
        {
            PanelRow row0 = default, row1 = default, row2 = default, row3 = default;
            double* source = digits + e;
            double* weight = weights;
            for (int t = 0; t < digitCount; t++, source += Block, weight += 4)
            {
                PanelRow digit = PanelRow.Load(source);
                row0.AddMultiple(weight[0], digit);
                row1.AddMultiple(weight[1], digit);
                row2.AddMultiple(weight[2], digit);
                row3.AddMultiple(weight[3], digit);
            }

            double* target = residues + e;
            StoreReduced(row0, primes[0], inverses[0], target);
            StoreReduced(row1, primes[1], inverses[1], target + residueStride);
            StoreReduced(row2, primes[2], inverses[2], target + (2 * residueStride));
            StoreReduced(row3, primes[3], inverses[3], target + (3 * residueStride));
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
        PanelRow row0 = default, row1 = default, row2 = default, row3 = default;
        for (int k = 0; k < terms; k++, a += Panel, b += Panel)
        {
            PanelRow row = PanelRow.Load(b);
            row0.AddMultiple(a[0], row);
            row1.AddMultiple(a[1], row);
            row2.AddMultiple(a[2], row);
            row3.AddMultiple(a[3], row);
        }

        Lanes q = Vector256.Create(prime), r = Vector256.Create(inverse);
        row0.Reduced(q, r).AddTo(tile);
        row1.Reduced(q, r).AddTo(tile + Panel);
        row2.Reduced(q, r).AddTo(tile + (2 * Panel));
        row3.Reduced(q, r).AddTo(tile + (3 * Panel));
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
                PanelRow row0 = default, row1 = default, row2 = default, row3 = default;
                double* entry = residues + e;
                double* number = table + ((long)t * (primeCount + 1));
                for (int k = 0; k <= primeCount; k++, entry += residueStride, number += 4)
                {
                    PanelRow row = PanelRow.Load(k == primeCount ? quotients + e : entry);
                    row0.AddMultiple(number[0], row);
                    row1.AddMultiple(number[1], row);
                    row2.AddMultiple(number[2], row);
                    row3.AddMultiple(number[3], row);
                }

                double* target = digits + (t * Block) + e;
                PanelRow carry = row0.StoreDigits(PanelRow.Load(carries + e), target);
                if (kept > 1) carry = row1.StoreDigits(carry, target + Block);
                if (kept > 2) carry = row2.StoreDigits(carry, target + (2 * Block));
                if (kept > 3) carry = row3.StoreDigits(carry, target + (3 * Block));
                carry.Store(carries + e);
            }
        }
    }

    /// <summary>Residues modulo a prime, from its reciprocal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Reduced(Lanes x, Lanes prime, Lanes inverse) => Vector256.MultiplyAddEstimate(-Vector256.Round(x * inverse), prime, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreReduced(PanelRow row, double prime, double inverse, double* target) =>
        row.Reduced(Vector256.Create(prime), Vector256.Create(inverse)).Store(target);
}
