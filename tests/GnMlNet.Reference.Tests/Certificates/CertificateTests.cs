using GnMlNet.Balls;
using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests.Certificates;

public class CertificateTests
{
    public static TheoryData<string> Kinds => [.. SampleCertificates.Kinds];

    [Theory, MemberData(nameof(Kinds))]
    public void A_certificate_is_confirmed_from_its_file(string kind)
    {
        StepCertificate certificate = SampleCertificates.Of(kind);
        StepCertificate read = CertificateFile.Read(CertificateFile.Write(certificate));
        read.Approximation.Should().Equal(certificate.Approximation);
        read.Run.Rows.Select(row => row.Y).Should().Equal(certificate.Run.Rows.Select(row => row.Y));
        CertificateFile.Write(read).Should().Be(CertificateFile.Write(certificate), "nothing is lost");
        CertificateChecker.Check(read).Verdict.Should().Be(Verdict.Proved);
        certificate.ToString().Should().Contain("is within");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_claim_that_says_more_than_is_true_is_not_confirmed(string kind)
    {
        StepCertificate certificate = SampleCertificates.Of(kind);
        void Unconfirmed(StepCertificate altered) => CertificateChecker.Check(altered).Verdict.Should().NotBe(Verdict.Proved);
        Unconfirmed(certificate with { Error = certificate.Error << -1 });
        Unconfirmed(certificate with { Distance = Dyadic.Zero });
        Unconfirmed(certificate with { SmallestEigenvalue = certificate.SmallestEigenvalue << 3 });
        // A wrong approximation, and wrong numbers of the run itself.
        Unconfirmed(certificate with { Approximation = [certificate.Approximation[0] + (certificate.Error << 4), .. certificate.Approximation.Skip(1)] });
        RecordedRow first = certificate.Run.Rows[0];
        Unconfirmed(certificate with { Run = certificate.Run with { Rows = [first with { Y = first.Y + 1e-6 }, .. certificate.Run.Rows.Skip(1)] } });
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_claim_that_is_proved_false_is_refuted(string kind)
    {
        StepCertificate certificate = SampleCertificates.Of(kind);
        void Refuted(StepCertificate altered) => CertificateChecker.Check(altered).Verdict.Should().Be(Verdict.Refuted);
        Refuted(certificate with { Error = certificate.Error << -1 });
        Refuted(certificate with { SmallestEigenvalue = certificate.SmallestEigenvalue << 20 });
        Refuted(certificate with { Approximation = [certificate.Approximation[0] + (certificate.Distance << 4), .. certificate.Approximation.Skip(1)] });
    }

    [Theory]
    [InlineData("\"format\":\"gnmlnet-step-certificate\"", "\"format\":\"x\"", "'format' must be*")]
    [InlineData("\"version\":3", "\"version\":1", "'version' is 1; this program reads version 3.")]
    [InlineData("\"version\":3", "\"version\":3.5", "'version' must be a whole number, not 3.5.")]
    [InlineData("\"version\":3", "\"version\":\"3\"", "'version' must be a whole number, not a string.")]
    [InlineData("\"trace\":\"", "\"trace\":\"A", "'trace' must be a SHA-256 hash*")]
    [InlineData("\"bits\":128", "\"bits\":3", "'certificate.bits' is 3; it must be from*")]
    [InlineData("\"bits\":128", "\"bits\":1000000000", "'certificate.bits' is 1000000000; it must be from*")]
    [InlineData("\"inputs\":3", "\"inputs\":4", "*does not fit together*")]
    [InlineData("\"inputs\":3", "\"inputs\":2147483647", "'certificate.run.inputs' is 2147483647*")]
    [InlineData("\"hiddenUnits\":3", "\"hiddenUnits\":16777216", "*does not fit together*")]
    [InlineData("\"kind\":\"Training\"", "\"kind\":7", "'certificate.run.kind' must be a text, not a number.")]
    [InlineData("\"kind\":\"Training\"", "\"kind\":\"Flow\"", "'certificate.run.scalingFactor' is missing.")]
    [InlineData("*2^", "*3^", "*mantissa*2^exponent*")]
    [InlineData("\"error\":\"", "\"error\":\"1*2^1048577\",\"x\":\"", "'certificate.error' is beyond 2^16384*")]
    [InlineData("\"error\":\"", "\"error\":\"-", "'certificate.error' must not be negative.")]
    [InlineData("\"error\":", "\"other\":", "'certificate.error' is missing.")]
    [InlineData("\"error\":", "\"distance\":\"1*2^0\",\"error\":", "This is not a whole certificate: *'distance'*")]
    [InlineData("\"activation\":\"Tanh\"", "\"activation\":\"Relu\"", "'certificate.run.activation' is 'Relu'; it must be 'Tanh' or 'Logistic'.")]
    [InlineData("\"rows\":[", "\"rows\":[null,", "'certificate.run.rows[0]' must be an object, not null.")]
    [InlineData("\"iterates\":[", "\"iterates\":[null,", "'certificate.run.iterates[0]' must be an object, not null.")]
    [InlineData("\"parameters\":[", "\"parameters\":[null,", "'certificate.run.iterates[0].parameters[0]' must be a finite number, not null.")]
    [InlineData("\"approximation\":[", "\"approximation\":[null,", "'certificate.approximation[0]' must be a text, not null.")]
    [InlineData("\"curvatureRows\":[]", "\"curvatureRows\":null", "'certificate.run.iterates[1].curvatureRows' must be a list, not null.")]
    [InlineData("\"curvatureRows\":[]", "\"curvatureRows\":[[0]]", "*must be two whole numbers.")]
    [InlineData("\"curvatureRows\":[]", "\"curvatureRows\":[[0,14],[0,14]]", "*must be disjoint ranges of the 40 rows*")]
    [InlineData("\"curvatureRows\":[]", "\"curvatureRows\":[[0,41]]", "*must be disjoint ranges of the 40 rows*")]
    [InlineData("\"curvatureRows\":[]", "\"curvatureRows\":[[0,40]]", "*none for all of them*")]
    [InlineData("\"place\":", "\"more\":1,\"place\":", "'certificate.more' is no member that belongs there.")]
    [InlineData("\"weight\":", "\"weight\":1e999,\"w\":", "'certificate.run.rows[0].weight' must be a finite number, not 1e999.")]
    public void A_file_that_does_not_fit_is_refused_in_one_line_that_names_the_place(string text, string replacement, string message)
    {
        string file = CertificateFile.Write(SampleCertificates.Of("training"));
        int at = file.IndexOf(text, StringComparison.Ordinal);
        at.Should().BePositive();
        string altered = file[..at] + replacement + file[(at + text.Length)..];
        FluentActions.Invoking(() => CertificateFile.Read(altered)).Should().Throw<FormatException>().WithMessage(message).And.Message.Should().NotContain("\n");
    }

    [Theory, InlineData(""), InlineData("null"), InlineData("[]"), InlineData("3"), InlineData("{}"), InlineData("\"\\ud800\""), InlineData("{\"\\ud800\":1,\"format\":\"gnmlnet-step-certificate\"}")]
    public void A_text_that_is_no_certificate_at_all_is_refused(string text) => FluentActions.Invoking(() => CertificateFile.Read(text)).Should().Throw<FormatException>();

    [Fact]
    public void Every_truncation_of_a_file_is_refused()
    {
        string file = CertificateFile.Write(SampleCertificates.Of("flow"));
        for (int length = 0; length < file.Length; length += 97)
            FluentActions.Invoking(() => CertificateFile.Read(file[..length])).Should().Throw<FormatException>();
    }
}
