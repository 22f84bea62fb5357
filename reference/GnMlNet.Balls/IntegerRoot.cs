namespace GnMlNet.Balls;

/// <summary>The integer square root.</summary>
internal static class IntegerRoot
{
    /// <summary>The greatest integer whose square is at most <paramref name="n"/>, which is not negative.</summary>
    public static BigInteger Floor(BigInteger n)
    {
        if (n.IsZero) return n;
        // Newton's steps with twice the digits each time.
        int half = (int)((n.GetBitLength() - 1) / 2);
        int known = Math.Min(half, 25), steps = 0;
        while ((half >> steps) > known) steps++;
        int digits = half >> steps;
        // The leading bits of n, at most 2 * 25 + 2 of them, are a double, and the root of a double is correctly rounded.
        BigInteger root = (BigInteger)Math.Sqrt((double)(n >> (2 * (half - digits))));
        for (int step = steps - 1; step >= 0; step--)
        {
            int before = digits;
            digits = half >> step;
            root = (root << (digits - before - 1)) + ((n >> ((2 * half) - before - digits + 1)) / root);
        }

        // Whatever the steps gave, the definition decides.
        BigInteger rest = n - (root * root);
        while (rest.Sign < 0)
        {
            rest += (root << 1) - 1;
            root--;
        }

        while (rest > root << 1)
        {
            rest -= (root << 1) + 1;
            root++;
        }

        return root;
    }
}
