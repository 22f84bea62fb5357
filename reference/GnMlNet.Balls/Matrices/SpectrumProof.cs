namespace GnMlNet.Balls.Matrices;

/// <summary>A bound on the smallest eigenvalue, and what proved it.</summary>
/// <param name="Bound">The bound.</param>
/// <param name="Certificate">Of the matrix times 2^-<see cref="Shift"/>; null when there is none, or only one of the matrix plus a multiple of the identity.</param>
/// <param name="Shift">The scale of the certificate.</param>
internal sealed record SpectrumProof(SpectrumBound Bound, InverseFactorCertificate? Certificate, long Shift);
