namespace GnMlNet.Ledger.Flows;

/// <summary>A point of a trajectory of Gauss-Newton steps, enclosed.</summary>
/// <param name="Step">k.</param>
/// <param name="Weights">w_k.</param>
/// <param name="Objective">g(alpha f(w_k)).</param>
internal sealed record PathPoint(int Step, Real[] Weights, Real Objective);
