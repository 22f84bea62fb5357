namespace GnMlNet.Ledger.Numbers;

/// <summary>Sums over arrays of enclosed numbers.</summary>
internal static class RealVectors
{
    internal static Real Dot(ReadOnlySpan<Real> a, ReadOnlySpan<Real> b)
    {
        RealSum sum = default;
        for (int i = 0; i < a.Length; i++) sum.AddProduct(a[i], b[i]);
        return sum.ToReal();
    }

    internal static Real SquaredNorm(ReadOnlySpan<Real> a)
    {
        Real sum = 0;
        foreach (Real value in a) sum += value.Square();
        return sum;
    }

    /// <summary>The Euclidean norm; where the ball of its square reaches below zero, something between zero and the root of its upper end.</summary>
    internal static Real Norm(ReadOnlySpan<Real> a)
    {
        Real square = SquaredNorm(a);
        if (!square.Ball.IsFinite) return Real.Indeterminate;
        return square.Ball.Lower.Sign >= 0 ? square.Sqrt() : Real.Between(0, square.Greatest.Sqrt());
    }

    internal static Real[] Subtract(Real[] a, Real[] b) => [.. a.Zip(b, (x, y) => x - y)];

    internal static Real[] Add(Real[] a, Real[] b) => [.. a.Zip(b, (x, y) => x + y)];

    internal static Real[] Scale(Real factor, Real[] a) => [.. a.Select(x => factor * x)];

    /// <summary>The midpoints, exactly.</summary>
    internal static Real[] Middle(Real[] a) => [.. a.Select(x => x.Middle)];

    /// <summary>Midpoints rounded to so many bits, as exact numbers: short points near by.</summary>
    internal static Real[] Rounded(Real[] a, int bits) => [.. a.Select(x => Real.Exact(x.Ball.Round(bits).Midpoint, x.Bits))];
}
