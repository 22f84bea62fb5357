using System.Text.Json;
using GnMlNet.Ledger.Reports;

namespace GnMlNet.Cli.Tests;

public sealed class AuditCommandTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    [Fact]
    public void A_refuted_statement_is_shown_with_its_instance_and_certificates_that_can_be_checked()
    {
        CommandLine.Outcome outcome = CommandLine.Succeed("audit", "--statement", "Lemma 8", "Theorem 1", "--out", _gnml.PathOf("audit"));
        outcome.Console.Should().Contain("refuted by Fold").And.Contain("2 refuted").And.Contain("1R");
        string certificates = File.ReadAllText(Path.Combine(_gnml.PathOf("audit"), "ledger.json"));
        LedgerFile.Check(certificates).Contradicted.Should().Be(0);
        JsonDocument.Parse(certificates).RootElement.GetProperty("entries").GetArrayLength().Should().Be(2);
        File.ReadAllText(Path.Combine(_gnml.PathOf("audit"), "report.html")).Should().Contain("g ≤ g(0) at w = ").And.Contain("Refuted").And.Contain("hypotheses not met").And.Contain("no weights reach what (11) promises").And.Contain("data:image/png");
        File.ReadAllText(Path.Combine(_gnml.PathOf("audit"), "ledger.md")).Should().Contain("| Lemma 8 |");
    }

    [Fact]
    public void A_practical_model_is_covered_by_no_theorem_and_its_gradient_is_certified()
    {
        string table = _gnml.WriteTable(), model = _gnml.PathOf("m.zip");
        CommandLine.Succeed("train", "--data", table, "--label", "y", "--features", "x1,x2", "--ensemble", "1", "--hidden", "3", "--no-baselines", "--out", model);
        CommandLine.Outcome outcome = CommandLine.Succeed("audit", "--model", model, "--data", table, "--rows", "60");
        outcome.Console.Should().Contain("13 weights, 60 rows").And.Contain("No theorem of the paper covers it").And.Contain("hidden units have biases").And.Contain("Certified: mean squared error");
    }

    [Fact]
    public void An_unknown_statement_is_refused_with_the_known_ones() =>
        CommandLine.Fail("audit", "--statement", "Theorem 9", "--out", _gnml.PathOf("audit")).Should().Contain("no statement 'Theorem 9'").And.Contain("Lemma 8");
}
