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
    /// <returns>Proved when every part of its claim follows; refuted when a part is proved false; undecided when a part does not follow. With the reason.</returns>
    public static (Verdict Verdict, string Reason) Check(StepCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        RecordedRun run = certificate.Run;
        RecordedIterate step = run.Iterates[^1];
        var equations = StepEquations.Of(run, PlainKernels.Instance);
        EnclosedSystem system = equations.Equations(equations.Evaluate(run.Iterates[0].Parameters, certificate.Bits), step);
        Dyadic[] approximation = [.. certificate.Approximation];
        if (system.SmallestEigenvalue() is not { } smallest) return (Verdict.Undecided, "The matrix is not proved to be positive definite.");
        if (smallest < certificate.SmallestEigenvalue)
            return (certificate.SmallestEigenvalue > GreatestPossible(system, run) ? Verdict.Refuted : Verdict.Undecided, "The bound of the smallest eigenvalue does not follow.");

        Magnitude distance = SolutionEnclosure.DistanceBound(system, SolutionEnclosure.Residual(system, approximation), Norms.Euclidean(approximation), smallest);
        if (!distance.IsFinite || distance.ToDyadic() > certificate.Distance)
            return (IsFarther(system, approximation, certificate.Distance), "The distance of the exact step from the approximation does not follow.");

        double[] recorded = run.StepOf(step);
        Magnitude error = new SolutionEnclosure(approximation, distance, smallest).DistanceOf(recorded);
        return error.ToDyadic() > certificate.Error
            ? (IsFarther(system, [.. recorded.Select(Dyadic.FromDouble)], certificate.Error), "The error of the recorded step does not follow.")
            : (Verdict.Proved, certificate.ToString());
    }

    /// <summary>An upper bound of the smallest eigenvalue.</summary>
    private static Dyadic GreatestPossible(EnclosedSystem system, RecordedRun run) => system is DenseSystem dense
        ? ExtremeEigenvalues.Enclose(dense.Matrix, dense.MatrixError).Smallest.Upper
        // With more parameters than rows J^T J has the eigenvalue 0.
        : Dyadic.FromDouble(run.Damping);

    /// <summary>Refuted where the exact solution is proved to be farther from a vector than claimed.</summary>
    private static Verdict IsFarther(EnclosedSystem system, Dyadic[] vector, Dyadic claimed)
    {
        var solution = SolutionEnclosure.Of(system);
        if (!solution.Distance.IsFinite) return Verdict.Undecided;
        // |vector - s| >= |vector - s'| - |s' - s|, compared by exact squares.
        Dyadic reach = claimed + solution.Distance.ToDyadic(), square = Dyadic.Zero;
        for (int i = 0; i < vector.Length; i++)
        {
            Dyadic difference = vector[i] - solution.Approximation[i];
            square += difference * difference;
        }

        return square > reach * reach ? Verdict.Refuted : Verdict.Undecided;
    }
}
