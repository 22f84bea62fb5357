namespace GnMlNet.Reference.CrossChecks;

/// <summary>Whether a rule holds at an iterate.</summary>
/// <param name="Index">The iterate's place in the trace.</param>
/// <param name="Iteration">Its number in the run.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Verdict">Whether it holds.</param>
/// <param name="Reason">Why not, or why that is undecided; empty where it holds.</param>
public sealed record RuleFinding(int Index, int Iteration, CheckedRule Rule, Verdict Verdict, string Reason);
