using System.Text.Json.Serialization;

namespace GnMlNet.Ledger.Verdicts;

/// <summary>
/// An inequality between two enclosed numbers. Its verdict is what the comparison of the two balls says, and cannot be set: only enclosures decide.
/// </summary>
public sealed record Claim
{
    /// <param name="text">The inequality in words or symbols.</param>
    /// <param name="left">Contains the left side.</param>
    /// <param name="relation">How they are compared.</param>
    /// <param name="right">Contains the right side.</param>
    public Claim(string text, Ball left, Relation relation, Ball right)
    {
        (Text, Left, Relation, Right, Cases) = (text, left, relation, right, 1);
        Verdict = relation == Relation.Less ? Ball.Less(left, right) : Ball.LessOrEqual(left, right);
    }

    /// <summary>The inequality in words or symbols.</summary>
    public string Text { get; }

    /// <summary>Contains the left side; of the decisive case where there are many.</summary>
    public Ball Left { get; }

    /// <summary>How the sides are compared.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<Relation>))]
    public Relation Relation { get; }

    /// <summary>Contains the right side; of the decisive case where there are many.</summary>
    public Ball Right { get; }

    /// <summary>How many inequalities of this kind were compared; proved means all of them.</summary>
    public int Cases { get; private init; }

    /// <summary>What the balls say.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
    public Verdict Verdict { get; }

    /// <summary>
    /// One claim for all of them, such as for every step of a trajectory: it is the first that is refuted, else the first undecided one, else the one with the least
    /// margin in doubles, which is for reading only.
    /// </summary>
    /// <exception cref="ArgumentException">There is none: nothing would be proved.</exception>
    public static Claim All(IEnumerable<Claim> claims)
    {
        Claim[] all = [.. claims];
        if (all.Length == 0) throw new ArgumentException("A claim about no case proves nothing.", nameof(claims));
        Claim decisive = all.FirstOrDefault(claim => claim.Verdict == Verdict.Refuted) ?? all.FirstOrDefault(claim => claim.Verdict == Verdict.Undecided) ?? all.MinBy(Margin)!;
        return decisive with { Cases = all.Sum(claim => claim.Cases) };
    }

    /// <summary>The claim that stands for so many cases.</summary>
    internal static Claim OfCases(string text, Ball left, Relation relation, Ball right, int cases) => new(text, left, relation, right) { Cases = cases };

    private static double Margin(Claim claim)
    {
        double left = claim.Left.Midpoint.ToDouble(), right = claim.Right.Midpoint.ToDouble();
        return (right - left) / Math.Max(Math.Abs(left), Math.Abs(right));
    }
}
