namespace GnMlNet.Reference.CrossChecks;

/// <summary>A figure or a rule that is not proved at an iterate.</summary>
/// <param name="Name">The name of the quantity or of the rule.</param>
/// <param name="Iteration">The number of the iterate in the run.</param>
/// <param name="Verdict">Refuted or undecided.</param>
/// <param name="Reason">Why.</param>
public sealed record OpenFigure(string Name, int Iteration, Verdict Verdict, string Reason);
