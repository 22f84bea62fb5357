using GnMlNet.Balls;
using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests;

public class CertificateTests
{
    public static TheoryData<string> Runs => ["training", "flow", "dual"];

    [Theory, MemberData(nameof(Runs))]
    public void A_certificate_is_confirmed_from_its_file(string kind)
    {
        StepCertificate certificate = Certificate(kind);
        StepCertificate read = CertificateFile.Read(CertificateFile.Write(certificate));
        read.Approximation.Should().Equal(certificate.Approximation);
        read.Run.Rows.Select(row => row.Y).Should().Equal(certificate.Run.Rows.Select(row => row.Y));
        CertificateChecker.Check(read).Verdict.Should().Be(Verdict.Proved);
        certificate.ToString().Should().Contain("is within");
    }

    [Theory, MemberData(nameof(Runs))]
    public void A_claim_that_says_more_than_is_true_is_not_confirmed(string kind)
    {
        StepCertificate certificate = Certificate(kind);
        void Unconfirmed(StepCertificate altered) => CertificateChecker.Check(altered).Verdict.Should().Be(Verdict.Undecided);
        Unconfirmed(certificate with { Error = certificate.Error << -1 });
        Unconfirmed(certificate with { Distance = Dyadic.Zero });
        Unconfirmed(certificate with { SmallestEigenvalue = certificate.SmallestEigenvalue << 1 });
        // A wrong approximation, and wrong numbers of the run itself.
        Unconfirmed(certificate with { Approximation = [certificate.Approximation[0] + (certificate.Error << 4), .. certificate.Approximation.Skip(1)] });
        RecordedRow first = certificate.Run.Rows[0];
        Unconfirmed(certificate with { Run = certificate.Run with { Rows = [first with { Y = first.Y + 1e-6 }, .. certificate.Run.Rows.Skip(1)] } });
    }

    [Theory]
    [InlineData("\"format\":\"gnmlnet-step-certificate\"", "\"format\":\"x\"", "*'format' must be*")]
    [InlineData("\"version\":1", "\"version\":2", "*another version*")]
    [InlineData("\"bits\":128", "\"bits\":3", "*its number of bits*")]
    [InlineData("\"inputs\":3", "\"inputs\":4", "*does not fit together*")]
    [InlineData("*2^", "*3^", "*mantissa*2^exponent*")]
    [InlineData("\"error\":", "\"other\":", "*not a whole certificate*")]
    [InlineData("\"activation\":\"Tanh\"", "\"activation\":\"Relu\"", "*activation*")]
    public void A_file_that_was_tampered_with_is_refused_with_the_reason(string text, string replacement, string message)
    {
        string file = CertificateFile.Write(Certificate("training"));
        file.Should().Contain(text);
        FluentActions.Invoking(() => CertificateFile.Read(file.Replace(text, replacement, StringComparison.Ordinal))).Should().Throw<FormatException>().WithMessage(message);
    }

    [Fact]
    public void Every_truncation_of_a_file_is_refused()
    {
        string file = CertificateFile.Write(Certificate("flow"));
        for (int length = 0; length < file.Length; length += 97)
            FluentActions.Invoking(() => CertificateFile.Read(file[..length])).Should().Throw<FormatException>();
    }

    private static StepCertificate Certificate(string kind)
    {
        string[] lines = kind switch
        {
            "training" => RecordedRuns.Training(rows: 40, inputs: 3, hidden: 3, iterations: 2),
            "flow" => RecordedRuns.Flow(rows: 40, inputs: 3, hidden: 3, damping: 0.1, duration: 0.02),
            _ => RecordedRuns.Flow(rows: 5, inputs: 3, hidden: 40, damping: 0.1, duration: 0.02),
        };
        return new CrossCheck(TraceReader.Read(lines, "trace")).Certify(2)!;
    }
}
