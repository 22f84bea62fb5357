using System.Text.RegularExpressions;
using GnMlNet.Cli.Common;

namespace GnMlNet.Cli.Tests;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly CommandLine _gnml = new();
    private readonly string _trace;

    public VerifyCommandTests()
    {
        CommandLine.Succeed("trace", "--data", _gnml.WriteTable(rows: 40), "--label", "y", "--features", "x1,x2", "--hidden", "2", "--iterations", "3", "--out", _gnml.PathOf("trace"));
        _trace = Path.Combine(_gnml.PathOf("trace"), "trace.jsonl");
    }

    private string Certificate
    {
        get
        {
            CommandLine.Succeed("crosscheck", "--trace", _trace, "--out", _gnml.PathOf("check"));
            return Path.Combine(_gnml.PathOf("check"), "trace-certificate.json");
        }
    }

    public void Dispose() => _gnml.Dispose();

    [Fact]
    public void A_certificate_is_proved_and_says_which_trace_it_is_of()
    {
        string certificate = Certificate;
        CommandLine.Succeed("verify", certificate).Output.Should().StartWith("Proved: The recorded step").And.Contain("it says that they are iterate");
        CommandLine.Succeed("verify", certificate, "--trace", _trace).Output.Should().Contain("Its numbers are those of the trace");
    }

    [Fact]
    public void A_certificate_of_another_trace_is_refuted()
    {
        string certificate = Certificate, other = _gnml.PathOf("other");
        CommandLine.Succeed("trace", "--data", _gnml.WriteTable(rows: 41), "--label", "y", "--features", "x1,x2", "--hidden", "2", "--iterations", "3", "--out", other);
        CommandLine.Outcome outcome = CommandLine.Run("verify", certificate, "--trace", Path.Combine(other, "trace.jsonl"));
        (outcome.Code, outcome.Output.StartsWith("Refuted: The certificate is not of the trace", StringComparison.Ordinal)).Should().Be((ExitCode.Failure, true), outcome.Output);
    }

    [Fact]
    public void A_trace_is_proved_by_the_reference_alone_and_one_with_a_wrong_loss_is_not()
    {
        CommandLine.Succeed("verify", _trace).Output.Should().StartWith("Proved: every recorded figure");
        string wrong = Regex.Replace(File.ReadAllText(_trace), "\"loss\":", "\"loss\":9");
        CommandLine.Run("verify", _gnml.Write("wrong.jsonl", wrong)).Code.Should().NotBe(ExitCode.Success);
        string twice = Regex.Replace(File.ReadAllText(_trace), "\"loss\":", "\"loss\":9,\"loss\":");
        CommandLine.Fail("verify", _gnml.Write("twice.jsonl", twice)).Should().Contain("line ");
    }

    [Fact]
    public void A_ledger_is_proved_by_deciding_its_statements_again_and_an_altered_one_is_refuted()
    {
        CommandLine.Succeed("audit", "--statement", "Lemma 8", "Assumption 3", "--out", _gnml.PathOf("audit"));
        string path = Path.Combine(_gnml.PathOf("audit"), "ledger.json");
        CommandLine.Succeed("verify", path).Output.Should().StartWith("Proved: 2 of 2 entries");
        CommandLine.Succeed("verify", path, "--statement", "Lemma 8").Output.Should().StartWith("Proved: 1 of 1 entries");
        CommandLine.Fail("verify", path, "--statement", "Lemma 9").Should().Contain("there is no statement 'Lemma 9' in it");
        CommandLine.Outcome outcome = CommandLine.Run("verify", _gnml.Write("turned.json", File.ReadAllText(path).Replace("\"kind\": \"Refuted\"", "\"kind\": \"ProvedOnInstances\"", StringComparison.Ordinal)));
        (outcome.Code, outcome.Output.StartsWith("Refuted: entries[", StringComparison.Ordinal)).Should().Be((ExitCode.Failure, true), outcome.Output);
    }

    [Theory, InlineData(""), InlineData("null"), InlineData("[]"), InlineData("3"), InlineData("{\"format\":\"x\"}"), InlineData("{\"format\":7}"), InlineData("{\"a\":{\"format\":\"gnmlnet-trace\"}}"), InlineData("{\"a\":")]
    public void A_file_of_no_known_kind_is_refused(string text) => CommandLine.Fail("verify", _gnml.Write("x.json", text)).Should().Contain("no certificate, ledger or trace");

    [Fact]
    public void Options_of_another_kind_of_file_are_refused()
    {
        CommandLine.Fail("verify", _trace, "--trace", _trace).Should().Contain("--trace is for the certificate of a step");
        CommandLine.Fail("verify", _trace, "--statement", "1R").Should().Contain("--statement is for a ledger");
    }
}
