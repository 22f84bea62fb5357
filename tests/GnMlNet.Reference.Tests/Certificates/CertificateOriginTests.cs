using System.Security.Cryptography;
using System.Text;
using GnMlNet.Balls;
using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests.Certificates;

public class CertificateOriginTests
{
    [Theory, InlineData("training"), InlineData("penalties"), InlineData("flow"), InlineData("dual")]
    public void Every_certificate_of_a_trace_is_of_that_trace_and_of_no_other(string kind)
    {
        RecordedRun run = SampleCertificates.Run(kind), other = SampleCertificates.Run(kind == "flow" ? "dual" : "flow");
        for (int place = run.Kind == RunKind.Flow ? 0 : 1; place < run.Iterates.Count; place++)
        {
            StepCertificate read = CertificateFile.Read(CertificateFile.Write(new CrossCheck(run).Certify(place)!));
            CertificateOrigin.Difference(read, run).Should().BeNull();
            CertificateOrigin.Difference(read, other).Should().StartWith("its trace has the SHA-256 hash");
        }
    }

    [Fact]
    public void The_hash_of_a_trace_is_that_of_its_file()
    {
        string[] lines = SampleCertificates.Trace("flow");
        byte[] file = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        TraceReader.Read(lines, "trace").TraceHash.Should().Be(Convert.ToHexStringLower(SHA256.HashData(file)));
        lines[^1] += " ";
        TraceReader.Read(lines, "trace").TraceHash.Should().NotBe(Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    [Fact]
    public void True_claims_about_rows_that_were_edited_are_not_taken_for_claims_about_the_trace()
    {
        RecordedRun run = SampleCertificates.Run("flow");
        RecordedRow first = run.Rows[0];
        StepCertificate Edited(RecordedRun edited) => CertificateFile.Read(CertificateFile.Write(new CrossCheck(edited).Certify(1)!));

        StepCertificate label = Edited(run with { Rows = [first with { Y = first.Y + 1 }, .. run.Rows.Skip(1)] });
        CertificateChecker.Check(label).Verdict.Should().Be(Verdict.Proved, "what it claims of its own numbers is true");
        CertificateOrigin.Difference(label, run).Should().Be("rows[0].y is not that of the trace");

        CertificateOrigin.Difference(Edited(run with { Rows = [.. run.Rows.Skip(1)] }), run).Should().Be("rows is not that of the trace");
        CertificateOrigin.Difference(Edited(run with { Damping = Math.BitIncrement(run.Damping) }), run).Should().Be("damping is not that of the trace");
        double[] direction = [.. run.Iterates[1].Direction];
        direction[2] = Math.BitIncrement(direction[2]);
        CertificateOrigin.Difference(Edited(run with { Iterates = [run.Iterates[0], run.Iterates[1] with { Direction = direction }] }), run).Should().Be("iterates[0].direction[2] is not that of the trace");
    }

    [Fact]
    public void A_step_of_another_iterate_is_not_taken_for_the_one_that_is_named()
    {
        RecordedRun run = SampleCertificates.Run("training");
        StepCertificate second = new CrossCheck(run).Certify(2)!;
        CertificateOrigin.Difference(second with { Place = 1 }, run).Should().StartWith("iterates");
        CertificateOrigin.Difference(second with { Place = 0 }, run).Should().Contain("has no step");
        CertificateOrigin.Difference(second with { Place = 99 }, run).Should().Contain("has no step");
    }

    [Fact]
    public void The_hash_of_the_rows_is_of_their_numbers_alone_and_is_held_against_them()
    {
        RecordedRun training = SampleCertificates.Run("training"), again = SampleCertificates.Run("sample");
        RowsHash.Of(training).Should().Be(RowsHash.Of(again));
        string file = CertificateFile.Write(SampleCertificates.Of("training"));
        string hash = RowsHash.Of(training), other = (hash[0] == '0' ? "1" : "0") + hash[1..];
        FluentActions.Invoking(() => CertificateFile.Read(file.Replace(hash, other, StringComparison.Ordinal))).Should().Throw<FormatException>().WithMessage("'inputs' is not the hash of its rows.");
    }
}
