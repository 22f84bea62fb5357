namespace GnMlNet.Balls.Matrices;

/// <summary>The constants of Chinese remaindering with the first primes: M their product, M_k = M/q_k, and the inverse of M_k modulo q_k.</summary>
internal sealed class ChineseRemainder
{
    private static readonly ChineseRemainder?[] Made = new ChineseRemainder?[ResiduePrimes.MostPrimes + 1];

    private ChineseRemainder(int count)
    {
        Count = count;
        BigInteger product = ResiduePrimes.Product(count);
        (Primes, Inverses, Factors) = (new double[count], new double[count], new double[count]);
        var numbers = new BigInteger[count + 1];
        for (int k = 0; k < count; k++)
        {
            BigInteger prime = ResiduePrimes.Prime(k), others = product / prime;
            Primes[k] = (double)prime;
            Inverses[k] = 1 / Primes[k];
            Factors[k] = (double)Balanced(BigInteger.ModPow(others % prime, prime - 2, prime), prime);
            numbers[k] = others;
        }

        numbers[count] = -product;
        var digits = IntegerMatrix.FromEntries(1, count + 1, numbers);
        Digits = digits.Digits;
        Table = new double[(Digits + 3) / 4 * 4 * (count + 1)];
        for (int t = 0; t < Digits; t++)
        {
            for (int k = 0; k <= count; k++) Table[(t / 4 * 4 * (count + 1)) + (4 * k) + (t % 4)] = digits.Digit(0, k, t);
        }
    }

    public int Count { get; }

    public double[] Primes { get; }

    public double[] Inverses { get; }

    /// <summary>(M/q_k)^-1 modulo q_k.</summary>
    public double[] Factors { get; }

    /// <summary>Digits of the table; it holds four digits of M_0, ..., M_(count-1), -M, then the next four of all of them.</summary>
    public int Digits { get; }

    public double[] Table { get; }

    /// <summary>The constants for the first <paramref name="count"/> primes; they are kept, a few megabytes for the greatest.</summary>
    public static ChineseRemainder For(int count) => Volatile.Read(ref Made[count]) ?? Keep(new ChineseRemainder(count));

    private static ChineseRemainder Keep(ChineseRemainder made)
    {
        Volatile.Write(ref Made[made.Count], made);
        return made;
    }

    private static BigInteger Balanced(BigInteger residue, BigInteger prime) => 2 * residue > prime ? residue - prime : residue;
}
