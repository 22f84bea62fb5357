namespace GnMlNet.Balls;

/// <content>Comparisons: exact on midpoints and radii, a verdict on the numbers.</content>
public readonly partial struct Ball
{
    /// <summary>Whether zero is a point.</summary>
    public bool ContainsZero => !IsFinite || Midpoint.IsZero || (!IsExact && Midpoint.Abs() <= Radius.ToDyadic());

    /// <summary>-1 or 1 if all points have that sign, 0 if the ball is zero exactly, null if that is unknown.</summary>
    public int? Sign => ContainsZero ? Midpoint.IsZero && IsExact ? 0 : null : Midpoint.Sign;

    /// <summary>Whether the number is a point.</summary>
    public bool Contains(Dyadic number) => Contains(Exact(number));

    /// <summary>Whether every point of the other ball is a point of this one.</summary>
    public bool Contains(Ball other)
    {
        if (!IsFinite) return true;
        if (!other.IsFinite) return false;
        Dyadic inner = other.Radius.ToDyadic(), outer = Radius.ToDyadic();
        return Dyadic.SignOfSum(other.Midpoint, -Midpoint, inner, -outer) <= 0 && Dyadic.SignOfSum(Midpoint, -other.Midpoint, inner, -outer) <= 0;
    }

    /// <summary>Whether the two balls have a point in common; if not, they cannot enclose the same number.</summary>
    public bool Overlaps(Ball other)
    {
        if (!IsFinite || !other.IsFinite) return true;
        return SignOfGap(this, other) <= 0 && SignOfGap(other, this) <= 0;
    }

    /// <summary>Whether a &lt; b: proved or refuted if it is so for all points of the two.</summary>
    public static Verdict Less(Ball a, Ball b)
    {
        if (!a.IsFinite || !b.IsFinite) return Verdict.Undecided;
        return SignOfGap(a, b) > 0 ? Verdict.Proved : SignOfGap(b, a) >= 0 ? Verdict.Refuted : Verdict.Undecided;
    }

    /// <summary>Whether a &lt;= b: proved or refuted if it is so for all points of the two.</summary>
    public static Verdict LessOrEqual(Ball a, Ball b)
    {
        if (!a.IsFinite || !b.IsFinite) return Verdict.Undecided;
        return SignOfGap(a, b) >= 0 ? Verdict.Proved : SignOfGap(b, a) > 0 ? Verdict.Refuted : Verdict.Undecided;
    }

    /// <summary>The sign of (least of <paramref name="right"/>) - (greatest of <paramref name="left"/>), both finite.</summary>
    private static int SignOfGap(Ball left, Ball right) =>
        Dyadic.SignOfSum(right.Midpoint, -right.Radius.ToDyadic(), -left.Midpoint, -left.Radius.ToDyadic());
}
