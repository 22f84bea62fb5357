namespace GnMlNet.Ledger.Numbers;

/// <summary>A sum of enclosed numbers and of their products that is rounded once, to the precision of the one that has most bits.</summary>
internal struct RealSum
{
    private BallSum _sum;
    private int _bits;

    internal void Add(Real a)
    {
        _bits = Math.Max(_bits, a.Bits);
        _sum.Add(a.Ball, _bits);
    }

    internal void AddProduct(Real a, Real b)
    {
        _bits = Math.Max(_bits, Math.Max(a.Bits, b.Bits));
        _sum.AddProduct(a.Ball, b.Ball, _bits);
    }

    internal void SubtractProduct(Real a, Real b)
    {
        _bits = Math.Max(_bits, Math.Max(a.Bits, b.Bits));
        _sum.SubtractProduct(a.Ball, b.Ball, _bits);
    }

    internal readonly Real ToReal() => new(_sum.ToBall(), _bits);
}
