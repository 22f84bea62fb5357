using System.Text.Json.Nodes;
using GnMlNet.Balls;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Reports;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Tests.Reports;

public class LedgerFileTests
{
    // Quick ones: refuted, proved with hypotheses, vacuous or by a consequence.
    private static readonly string[] Labels = ["Lemma 8", "Theorem 1", "Assumption 2", "(10)", "Remark 1"];

    private static readonly Lazy<string> File = new(() => LedgerFile.Write([.. Labels.Select(Entries.Of)]));

    [Fact]
    public void A_file_is_confirmed_and_its_claims_are_those_that_its_statements_come_to()
    {
        var ledger = RecordedLedger.Read(File.Value);
        ledger.Contradictions.Should().BeEmpty();
        ledger.Entries.Select(entry => entry.Text.Label).Should().Equal(Labels);
        foreach (Entry entry in ledger.Entries) LedgerRecomputation.Compare(entry, Entries.Of(entry.Text.Label)).Verdict.Should().Be(Verdict.Proved);
    }

    [Fact]
    public void A_statement_that_is_decided_anew_confirms_its_entry()
    {
        Entry lemma = RecordedLedger.Read(File.Value).Entries[0];
        LedgerRecomputation.Check(lemma, Scope.Quick).Should().Be((Verdict.Proved, lemma.Verdict.ToString()));
    }

    [Fact]
    public void Verdicts_that_are_turned_round_and_hypotheses_that_are_gone_contradict_the_claims()
    {
        JsonNode root = JsonNode.Parse(File.Value)!;
        int entries = 0, findings = 0;
        foreach (JsonNode? entry in root["entries"]!.AsArray())
        {
            entries++;
            entry!["verdict"]!["kind"] = entry["verdict"]!["kind"]!.GetValue<string>() == "Refuted" ? "ProvedOnInstances" : "Refuted";
            foreach (JsonNode? finding in entry["findings"]!.AsArray())
            {
                findings++;
                finding!["verdict"] = finding["verdict"]!.GetValue<string>() == "Proved" ? "Refuted" : "Proved";
                finding["hypotheses"] = new JsonArray();
            }
        }

        LedgerFile.Check(root.ToJsonString()).Contradicted.Should().Be(entries + findings);
    }

    [Theory]
    [InlineData("verdict of a claim", "*hypotheses[[]0]*.verdict does not follow from the claims*")]
    [InlineData("text of the statement", "*.text.says does not follow*")]
    [InlineData("hypotheses in words", "*.text.hypotheses*")]
    [InlineData("expected verdict", "*.text.expected*")]
    [InlineData("decimal form", "*.about does not follow*")]
    [InlineData("number of instances", "*.verdict.instances*")]
    [InlineData("hash of an instance", "inputs.Q: the hash*")]
    [InlineData("more members", "*.more does not follow*")]
    public void What_does_not_follow_from_the_claims_is_named(string what, string message)
    {
        JsonNode root = JsonNode.Parse(File.Value)!, entry = root["entries"]![1]!;
        // One that refutes: of others nothing but a false hypothesis is written.
        JsonNode finding = entry["findings"]!.AsArray().First(one => one!["verdict"]!.GetValue<string>() == "Refuted")!, claim = finding["hypotheses"]![0]!;
        switch (what)
        {
            case "verdict of a claim": claim["verdict"] = "Refuted"; break;
            case "text of the statement": entry["text"]!["says"] = "Everything holds."; break;
            case "hypotheses in words": entry["text"]!["hypotheses"] = new JsonArray(); break;
            case "expected verdict": entry["text"]!["expected"] = "Vacuous"; break;
            case "decimal form": claim["left"]!["about"] = "7 +/- 0"; break;
            case "number of instances": entry["verdict"]!["instances"] = 3; break;
            case "hash of an instance": root["inputs"]!["Q"] = new string('0', 64); break;
            default: finding["more"] = 1; break;
        }

        RecordedLedger.Read(root.ToJsonString()).Contradictions.Should().ContainSingle().Which.Should().Match(message.Replace("[[]0]", "?0?", StringComparison.Ordinal));
    }

    // Consistent in itself: only deciding the statement anew shows it.
    [Theory]
    [InlineData("a hypothesis less", Verdict.Refuted, "*hypotheses are not those of the statement")]
    [InlineData("a conclusion less", Verdict.Refuted, "*conclusions are not those of the statement")]
    [InlineData("another hypothesis", Verdict.Refuted, "*hypotheses are not those of the statement")]
    [InlineData("an instance less", Verdict.Refuted, "the statement is decided on*")]
    [InlineData("another instance", Verdict.Refuted, "*where the statement is decided on*")]
    [InlineData("another number", Verdict.Refuted, "*is about other numbers")]
    [InlineData("a radius less", Verdict.Undecided, "*does not follow")]
    [InlineData("more cases", Verdict.Refuted, "*are not those of the statement")]
    public void Claims_that_are_not_those_of_the_statement_are_found_by_deciding_it_anew(string what, Verdict verdict, string reason)
    {
        Entry entry = Entries.Of("Theorem 1");
        int at = entry.Findings.Index().First(one => one.Item.Verdict == FindingVerdict.Refuted).Index;
        Finding first = entry.Findings[at];
        Claim claim = first.Hypotheses[^1];
        Claim With(string text, Ball left, int cases = 1) => Claim.OfCases(text, left, claim.Relation, claim.Right, cases);
        Finding Changed(Claim other) => first with { Hypotheses = [.. first.Hypotheses.SkipLast(1), other] };
        Finding? altered = what switch
        {
            "a hypothesis less" => first with { Hypotheses = [.. first.Hypotheses.SkipLast(1)] },
            "a conclusion less" => first with { Conclusions = [.. first.Conclusions.SkipLast(1)] },
            "another hypothesis" => Changed(With("(12) ≤ 2 α", claim.Left)),
            "an instance less" => null,
            "another instance" => first with { Instance = "Q, α = 361, ρ = 2⁻¹⁷" },
            "another number" => Changed(With(claim.Text, new Ball(claim.Left.Midpoint - 1, claim.Left.Radius))),
            "a radius less" => Changed(With(claim.Text, new Ball(claim.Left.Midpoint, Magnitude.Zero))),
            _ => Changed(With(claim.Text, claim.Left, cases: 2)),
        };
        Finding[] findings = [.. entry.Findings.Take(at), .. altered is null ? (Finding[])[] : [altered], .. entry.Findings.Skip(at + 1)];
        string file = LedgerFile.Write([entry with { Findings = findings, Verdict = LedgerVerdict.From(StatementKind.Checkable, findings) }]);
        var read = RecordedLedger.Read(file);
        read.Contradictions.Should().BeEmpty("the file does not contradict itself");
        (Verdict found, string why) = LedgerRecomputation.Compare(read.Entries.Single(), entry);
        found.Should().Be(verdict);
        why.Should().Match(reason);
    }

    [Theory]
    [InlineData("\"format\": \"gnmlnet-ledger\"", "\"format\": \"x\"", "'format' must be*")]
    [InlineData("\"version\": 2", "\"version\": 1.5", "'version' must be a whole number, not 1.5.")]
    [InlineData("\"scope\": \"Quick\"", "\"scope\": 7", "'scope' must be a text, not a number.")]
    [InlineData("\"label\": \"Lemma 8\"", "\"label\": \"Lemma 88\"", "'entries[0].text.label' is 'Lemma 88', which is no statement of this program.")]
    [InlineData("\"label\": \"Theorem 1\"", "\"label\": \"Lemma 8\"", "'entries[1].text.label' is 'Lemma 8', which is there already.")]
    [InlineData("\"relation\": \"LessOrEqual\"", "\"relation\": \"Greater\"", "*.relation' is 'Greater'*")]
    [InlineData("*2^", "*2^99999999", "*")]
    [InlineData("\"cases\": 1", "\"cases\": 0", "*.cases' must be at least 1.")]
    [InlineData("\"findings\": [", "\"findings\": [null,", "'entries[0].findings[0]' must be an object, not null.")]
    [InlineData("\"cases\": 1,", "\"cases\": 1, \"cases\": 1,", "This is not a whole ledger: *'cases'*")]
    public void A_file_that_is_no_ledger_is_refused_in_one_line(string text, string replacement, string message)
    {
        int at = File.Value.IndexOf(text, StringComparison.Ordinal);
        at.Should().BePositive();
        string altered = File.Value[..at] + replacement + File.Value[(at + text.Length)..];
        FluentActions.Invoking(() => LedgerFile.Check(altered)).Should().Throw<FormatException>().WithMessage(message).And.Message.Should().NotContain("\n");
        FluentActions.Invoking(() => LedgerFile.Check("{}")).Should().Throw<FormatException>().WithMessage("*'format'*");
        FluentActions.Invoking(() => LedgerFile.Check(altered[..(altered.Length / 2)])).Should().Throw<FormatException>();
    }
}
