using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Certificates;

/// <summary>
/// A claim about one recorded step with all that is needed to check it: "for the numbers of this run, S is positive definite with lambda_min &gt;= SmallestEigenvalue,
/// the exact step lies within Distance of Approximation, and within Error of the recorded step", in the Euclidean norm. <see cref="CertificateChecker"/> checks it;
/// that the numbers are those of a trace is another question, which <see cref="CertificateOrigin"/> answers.
/// </summary>
public sealed record StepCertificate
{
    /// <summary>The run, cut down to what the step needs: its settings and rows, and one iterate (flow) or two (training). It names the hash of its trace.</summary>
    public required RecordedRun Run { get; init; }

    /// <summary>Which iterate of the trace the step is recorded with, from 0.</summary>
    public required int Place { get; init; }

    /// <summary>The fraction bits that suffice for the check.</summary>
    public required int Bits { get; init; }

    /// <summary>An approximation of the exact step, p exact numbers.</summary>
    public required IReadOnlyList<Dyadic> Approximation { get; init; }

    /// <summary>A lower bound of the smallest eigenvalue of the matrix of the step.</summary>
    public required Dyadic SmallestEigenvalue { get; init; }

    /// <summary>How far the exact step is from the approximation at most.</summary>
    public required Dyadic Distance { get; init; }

    /// <summary>How far the exact step is from the recorded one at most.</summary>
    public required Dyadic Error { get; init; }

    /// <summary>One line for people.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"The recorded step of iteration {Run.Iterates[^1].Iteration} is within {Magnitude.Of(Error)} of the exact step ({Bits} bits; smallest eigenvalue at least {SmallestEigenvalue.ToDouble():G4}).");
}
