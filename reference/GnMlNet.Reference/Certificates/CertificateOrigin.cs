using System.Text.Json.Nodes;
using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Certificates;

/// <summary>
/// Whether a certificate is about a trace: a certificate whose claims are true may be about rows, or a step, that somebody made up. It is of a trace when it names the trace's
/// hash and every number that its claims depend on is that of the trace, bit by bit.
/// </summary>
public static class CertificateOrigin
{
    /// <summary>Compares a certificate with a trace.</summary>
    /// <returns>What is not the trace's, or null when the certificate is of the trace.</returns>
    public static string? Difference(StepCertificate certificate, RecordedRun trace)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(trace);
        if (trace.TraceHash.Length == 0 || certificate.Run.TraceHash != trace.TraceHash) return $"its trace has the SHA-256 hash {certificate.Run.TraceHash}, this one {trace.TraceHash}";
        int place = certificate.Place;
        if (trace.Kind != certificate.Run.Kind) return "the kind of run";
        if (place >= trace.Iterates.Count || trace.StepOf(trace.Iterates[place]).Length == 0) return FormattableString.Invariant($"iterate {place} of the trace has no step");
        if (trace.Kind == RunKind.Training && place == 0) return "no step leads to the first iterate of the trace";

        var equations = StepEquations.Of(trace, PlainKernels.Instance);
        JsonObject claimed = CertificateFile.RunParts(certificate.Run), recorded = CertificateFile.RunParts(trace with { Iterates = equations.IteratesOfStep(place) });
        return JsonDifference.First(claimed, recorded) is { } difference ? $"{difference} is not that of the trace" : null;
    }
}
