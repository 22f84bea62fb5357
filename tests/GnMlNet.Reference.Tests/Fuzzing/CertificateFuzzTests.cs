using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using GnMlNet.Balls;
using GnMlNet.Fuzzing;
using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.Tests.Certificates;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests.Fuzzing;

public class CertificateFuzzTests
{
    public static TheoryData<string> Kinds => [.. SampleCertificates.Kinds];

    [Theory, MemberData(nameof(Kinds))]
    public void The_plain_recomputation_finds_nothing_false_in_what_was_certified(string kind)
    {
        StepCertificate certificate = SampleCertificates.Of(kind);
        var plain = new PlainStep(certificate.Run);
        plain.FalseClaim(certificate).Should().BeEmpty();
        plain.FalseClaim(certificate with { Error = certificate.Error << -1 }).Should().Be("error");
        plain.FalseClaim(certificate with { Distance = Dyadic.Zero }).Should().Be("distance");
        plain.FalseClaim(certificate with { SmallestEigenvalue = certificate.SmallestEigenvalue << 20 }).Should().Be("smallest eigenvalue");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_mutant_is_unusable_or_what_is_said_of_it_is_true(string kind)
    {
        StepCertificate original = SampleCertificates.Of(kind);
        string text = CertificateFile.Write(original);
        RecordedRun trace = SampleCertificates.Run(kind);
        int confirmed = 0, refuted = 0, unusable = 0, count = (Mutants.Count / SampleCertificates.Kinds.Count) + 1;
        // Other seeds for every kind, or they would all be altered in the same places.
        int first = 1_000_000 * SampleCertificates.Kinds.Index().First(known => known.Item == kind).Index;
        for (int seed = first; seed < first + count; seed++)
        {
            (string altered, string what) = new JsonMutator(seed, "certificate", "approximation", "smallestEigenvalue", "distance", "error").Mutate(text);
            // Whoever alters rows can hash them, too.
            if (seed % 2 == 0) altered = WithHash(altered);
            StepCertificate mutant;
            try
            {
                mutant = CertificateFile.Read(altered);
            }
            catch (FormatException error)
            {
                error.Message.Should().NotContain("\n");
                unusable++;
                continue;
            }

            Verdict verdict = CertificateChecker.Check(mutant).Verdict;
            if (verdict != Verdict.Undecided)
            {
                string falseClaim = new PlainStep(mutant.Run).FalseClaim(mutant);
                (falseClaim.Length == 0).Should().Be(verdict == Verdict.Proved, $"{kind}, seed {seed}: {what}; false: {falseClaim}");
                if (verdict == Verdict.Proved) confirmed++;
                else refuted++;
            }

            bool isOfTrace = CertificateFile.RunParts(mutant.Run).ToJsonString() == CertificateFile.RunParts(original.Run).ToJsonString() && mutant.Run.TraceHash == trace.TraceHash && mutant.Place == original.Place;
            (CertificateOrigin.Difference(mutant, trace) is null).Should().Be(isOfTrace, $"{kind}, seed {seed}: {what}");
            if (verdict == Verdict.Proved && Mutants.Folder is { } folder) File.WriteAllText(Path.Combine(folder, FormattableString.Invariant($"{kind}-{seed}.json")), altered);
        }

        (confirmed > 0 && refuted > 0 && unusable > 0).Should().BeTrue($"the mutants of {kind} are of all sorts: {confirmed} confirmed, {refuted} refuted, {unusable} unusable");
    }

    // The hash of the rows of an altered text, where it still has rows.
    private static string WithHash(string altered)
    {
        try
        {
            JsonNode root = JsonNode.Parse(altered)!;
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var bytes = new byte[sizeof(double)];
            foreach (JsonNode? row in root["certificate"]!["run"]!["rows"]!.AsArray())
            {
                foreach (JsonNode? number in (JsonNode?[])[.. row!["x"]!.AsArray(), row["y"], row["weight"]])
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(bytes, number!.GetValue<double>());
                    hash.AppendData(bytes);
                }
            }

            root["inputs"] = Convert.ToHexStringLower(hash.GetHashAndReset());
            return root.ToJsonString();
        }
        catch (Exception error) when (error is JsonException or NullReferenceException or InvalidOperationException or FormatException or ArgumentException)
        {
            return altered;
        }
    }
}
