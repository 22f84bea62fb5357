namespace GnMlNet.Reference.CrossChecks;

/// <summary>The figures of one iterate, cross-checked.</summary>
/// <param name="Index">Its place in the trace.</param>
/// <param name="Iteration">Its number in the run.</param>
/// <param name="Time">t, of a flow.</param>
/// <param name="Bits">The fraction bits that were used.</param>
/// <param name="Errors">The certified errors, one a quantity.</param>
/// <param name="SmallestEigenvalue">A proven lower bound of the smallest eigenvalue of the matrix of the step; 0 where none is, NaN where there was no step.</param>
/// <param name="IsPositiveDefinite">Whether that matrix is proved to be positive definite.</param>
public sealed record CheckedIterate(
    int Index, int Iteration, double Time, int Bits, IReadOnlyList<CertifiedError> Errors, double SmallestEigenvalue, Verdict IsPositiveDefinite);
