using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Certificates;

/// <summary>
/// Checks certificates from their numbers alone, with plain big-integer kernels: nothing is believed that the certificate says of itself, neither the approximation
/// (its residual is computed anew) nor the eigenvalue (it is bounded anew).
/// </summary>
public static class CertificateChecker
{
    /// <summary>Checks a certificate.</summary>
    /// <returns>Proved when every part of its claim follows; undecided, with the reason, when one does not.</returns>
    public static (Verdict Verdict, string Reason) Check(StepCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        RecordedRun run = certificate.Run;
        RecordedIterate step = run.Iterates[^1];
        var equations = StepEquations.Of(run, PlainKernels.Instance);
        EnclosedSystem system = equations.Equations(equations.Evaluate(run.Iterates[0].Parameters, certificate.Bits), step);
        Dyadic[] approximation = [.. certificate.Approximation];
        if (system.SmallestEigenvalue() is not { } smallest) return (Verdict.Undecided, "The matrix is not proved to be positive definite.");
        if (smallest < certificate.SmallestEigenvalue) return (Verdict.Undecided, "The bound of the smallest eigenvalue does not follow.");

        Magnitude distance = SolutionEnclosure.DistanceBound(system, SolutionEnclosure.Residual(system, approximation), Norms.Euclidean(approximation), smallest);
        if (!distance.IsFinite || distance.ToDyadic() > certificate.Distance) return (Verdict.Undecided, "The distance of the exact step from the approximation does not follow.");

        Magnitude error = new SolutionEnclosure(approximation, distance, smallest).DistanceOf(run.StepOf(step));
        return error.ToDyadic() > certificate.Error
            ? (Verdict.Undecided, "The error of the recorded step does not follow.")
            : (Verdict.Proved, certificate.ToString());
    }
}
