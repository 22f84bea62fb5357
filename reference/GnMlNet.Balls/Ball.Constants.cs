namespace GnMlNet.Balls;

/// <content>Constants.</content>
public readonly partial struct Ball
{
    /// <summary>The natural logarithm of 2.</summary>
    public static Ball Ln2(int bits) => Constant(FixedPoint.Ln2(Wider(bits, 6)), bits);

    /// <summary>The ratio of a circle's circumference to its diameter.</summary>
    public static Ball Pi(int bits) => Constant(FixedPoint.Pi(Wider(bits, 6)), bits);

    // The fixed-point constants err by at most 2 units.
    private static Ball Constant(BigInteger value, int bits) =>
        Rounded(new Dyadic(value, -(bits + 6L)), Magnitude.PowerOfTwo(-(bits + 6L) + 1), bits);
}
