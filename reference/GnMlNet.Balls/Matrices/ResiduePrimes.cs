namespace GnMlNet.Balls.Matrices;

/// <summary>The primes that exact products are computed modulo, and how far double arithmetic on their residues is exact.</summary>
internal static class ResiduePrimes
{
    /// <summary>More primes than this would let the sums of Chinese remaindering pass 2^53.</summary>
    public const int MostPrimes = 256;

    /// <summary>Below 2^53 all integers are doubles.</summary>
    public const long ExactLimit = 1L << 53;

    // The greatest odd number q for which 256 products of residues modulo q stay exact.
    private const int Greatest = 11_863_001;

    private static readonly long[] Primes = Find();
    private static readonly BigInteger[] Products = Multiply();

    /// <summary>
    /// A residue is at most this in absolute value. Reduction subtracts q round(x fl(1/q)) from |x| &lt;= 2^53 - q; the rounded quotient errs by at most
    /// |x| 2^-51/q, so |result| &lt;= q/2 + 4, whether the multiplication and subtraction are fused or not.
    /// </summary>
    public static long GreatestResidue => (Primes[0] / 2) + 4;

    /// <summary>So many products of two residues are summed without reduction: the sum plus one prime stays below 2^53.</summary>
    public static int ChunkLength => checked((int)((ExactLimit - Primes[0]) / (GreatestResidue * GreatestResidue)));

    /// <summary>Prime number <paramref name="index"/>, in falling order.</summary>
    public static long Prime(int index) => Primes[index];

    /// <summary>The product of the first <paramref name="count"/> primes.</summary>
    public static BigInteger Product(int count) => Products[count];

    /// <summary>The number of primes whose product exceeds 4 * 2^bits, or -1 when all together do not.</summary>
    public static int CountFor(int bits)
    {
        BigInteger needed = BigInteger.One << checked(bits + 2);
        int low = 1, high = MostPrimes;
        if (Products[high] <= needed) return -1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Products[middle] > needed) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private static long[] Find()
    {
        var primes = new List<long>();
        for (long candidate = Greatest; primes.Count < MostPrimes; candidate -= 2)
        {
            bool isPrime = true;
            for (long factor = 3; isPrime && factor * factor <= candidate; factor += 2) isPrime = candidate % factor != 0;
            if (isPrime) primes.Add(candidate);
        }

        return [.. primes];
    }

    private static BigInteger[] Multiply()
    {
        var products = new BigInteger[MostPrimes + 1];
        products[0] = BigInteger.One;
        for (int k = 0; k < MostPrimes; k++) products[k + 1] = products[k] * Primes[k];
        return products;
    }
}
