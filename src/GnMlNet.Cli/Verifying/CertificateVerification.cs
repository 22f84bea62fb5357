using GnMlNet.Balls;
using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Cli.Verifying;

/// <summary>The certificate of a step: what it claims of its numbers, and whether these are those of a trace.</summary>
internal static class CertificateVerification
{
    /// <param name="text">The text of the certificate.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="traceFile">The trace that it should be of, or null.</param>
    internal static Verification Of(string text, string name, InputFile? traceFile)
    {
        StepCertificate certificate = Read(text, name);
        string hash = certificate.Run.TraceHash;
        if (traceFile is not null && CertificateOrigin.Difference(certificate, TraceReader.Read(traceFile.ReadLines(), traceFile.Name)) is { } difference)
            return new Verification(Verdict.Refuted, [$"Refuted: The certificate is not of the trace '{traceFile.Name}': {difference}."]);

        (Verdict verdict, string reason) = CertificateChecker.Check(certificate);
        string origin = traceFile is not null
            ? Invariant($"Its numbers are those of the trace '{traceFile.Name}', iterate {certificate.Place}.")
            : Invariant($"Its numbers are its own word: it says that they are iterate {certificate.Place} of the trace with the SHA-256 hash {hash}; --trace TRACE compares them.");
        return new Verification(verdict, [$"{verdict}: {reason}", origin]);
    }

    private static StepCertificate Read(string text, string name)
    {
        try
        {
            return CertificateFile.Read(text);
        }
        catch (FormatException error)
        {
            throw new UserError($"{name}: {error.Message}");
        }
    }
}
