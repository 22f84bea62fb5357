namespace GnMlNet.Balls.Matrices;

/// <summary>What is proved of the smallest eigenvalue of every symmetric matrix within a ball matrix.</summary>
/// <param name="IsPositiveDefinite">Whether all of them are positive definite; refuted when none is.</param>
/// <param name="Lower">Their smallest eigenvalues are at least this.</param>
/// <param name="Upper">Their smallest eigenvalues are at most this.</param>
/// <param name="Bits">The precision that was used.</param>
public sealed record SpectrumBound(Verdict IsPositiveDefinite, Dyadic Lower, Dyadic Upper, int Bits);
