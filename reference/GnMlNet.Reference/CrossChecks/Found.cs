namespace GnMlNet.Reference.CrossChecks;

/// <summary>What was found of a rule at an iterate.</summary>
/// <param name="Verdict">Whether it holds.</param>
/// <param name="Reason">Why not, or why that is undecided; empty where it holds.</param>
internal readonly record struct Found(Verdict Verdict, string Reason)
{
    /// <summary>It holds.</summary>
    internal static Found Holds => new(Verdict.Proved, "");

    /// <summary>It is broken.</summary>
    internal static Found Broken(FormattableString why) => new(Verdict.Refuted, FormattableString.Invariant(why));

    /// <summary>It can be neither proved nor refuted.</summary>
    internal static Found Open(string why) => new(Verdict.Undecided, why);

    /// <summary>It holds where the condition does.</summary>
    internal static Found If(bool holds, FormattableString why) => holds ? Holds : Broken(why);
}
