namespace GnMlNet.Reference.Blocks;

/// <summary>A number of at least zero that is proved to lie between two doubles.</summary>
/// <param name="Least">It is at least this, rounded down.</param>
/// <param name="Greatest">It is at most this, rounded up; infinity where nothing is proved.</param>
public readonly record struct CertifiedFigure(double Least, double Greatest)
{
    /// <summary>Whether it is at most a limit.</summary>
    public Verdict IsAtMost(double limit) => Greatest <= limit && double.IsFinite(Greatest) ? Verdict.Proved : Least > limit ? Verdict.Refuted : Verdict.Undecided;

    /// <summary>Nothing is proved.</summary>
    internal static CertifiedFigure Unknown => new(0, double.PositiveInfinity);

    /// <summary>A number in a ball.</summary>
    internal static CertifiedFigure Of(Ball number)
    {
        if (!number.IsFinite) return Unknown;
        Dyadic upper = number.Upper;
        return new CertifiedFigure(Below(number.AbsLower()), upper.Sign <= 0 ? 0 : Magnitude.Of(upper).ToDouble());
    }

    /// <summary>The greatest of several.</summary>
    internal static CertifiedFigure GreatestOf(IEnumerable<CertifiedFigure> figures) =>
        figures.Aggregate(new CertifiedFigure(0, 0), (a, b) => new CertifiedFigure(Math.Max(a.Least, b.Least), Math.Max(a.Greatest, b.Greatest)));

    private static double Below(Dyadic number)
    {
        double nearest = number.ToDouble();
        return double.IsInfinity(nearest) ? double.MaxValue : Dyadic.FromDouble(nearest) > number ? Math.BitDecrement(nearest) : nearest;
    }
}
