namespace GnMlNet.Ledger.Reports;

/// <summary>What comes of making the comparisons of a ledger's file again.</summary>
/// <param name="Confirmed">So many have the verdict that is written.</param>
/// <param name="Contradicted">So many have another one.</param>
public sealed record Recheck(int Confirmed, int Contradicted);
