using System.Text.Json.Nodes;
using GnMlNet.Balls;
using GnMlNet.Fuzzing;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Reports;

namespace GnMlNet.Ledger.Tests.Fuzzing;

public class LedgerFuzzTests
{
    // Refuted and proved ones, with and without premises and reaches.
    private static readonly string[] Labels = ["Lemma 8", "Theorem 1", "Assumption 2", "(10)", "Lemma 3", "Remark 3"];

    [Fact]
    public void A_mutant_is_unusable_or_refuted_or_says_the_same_or_less_than_the_statements_decided_anew()
    {
        string text = LedgerFile.Write([.. Labels.Select(Entries.Of)]);
        JsonNode original = JsonNode.Parse(text)!;
        int unusable = 0, contradicted = 0, refuted = 0, undecided = 0, same = 0;
        for (int seed = 0; seed < Mutants.Count; seed++)
        {
            (string altered, string what) = new JsonMutator(seed, "entries", "findings", "hypotheses", "premises", "conclusions", "left", "right", "midpoint", "radius").Mutate(text);
            RecordedLedger mutant;
            try
            {
                mutant = RecordedLedger.Read(altered);
            }
            catch (FormatException error)
            {
                error.Message.Should().NotContain("\n");
                unusable++;
                continue;
            }

            // With another scope the statements would be decided anew on all instances, and compared with these.
            if (mutant.Contradictions.Count > 0 || mutant.Scope != Scope.Quick)
            {
                contradicted++;
                continue;
            }

            Verdict[] verdicts = [.. mutant.Entries.Select(entry => LedgerRecomputation.Compare(entry, Entries.Of(entry.Text.Label)).Verdict)];
            if (verdicts.Contains(Verdict.Refuted))
            {
                refuted++;
            }
            else if (verdicts.Contains(Verdict.Undecided))
            {
                undecided++;
            }
            else
            {
                same++;
                if (Difference(JsonNode.Parse(altered)!, original) is { } difference) Assert.Fail($"seed {seed}: {what}; {difference}");
            }
        }

        (unusable > 0 && contradicted > 0 && refuted > 0 && same > 0).Should().BeTrue($"the mutants are of all sorts: {unusable} unusable, {contradicted} contradicted, {refuted} refuted, {undecided} undecided, {same} the same");
    }

    /// <summary>What a file claims beyond the original; an entry less, another duration, and balls around those of the original claim nothing more.</summary>
    private static string? Difference(JsonNode file, JsonNode original)
    {
        Dictionary<string, JsonNode> entries = original["entries"]!.AsArray().ToDictionary(entry => entry!["text"]!["label"]!.GetValue<string>(), entry => entry!);
        foreach (string member in (string[])["format", "version", "scope", "inputs"])
        {
            if (!JsonNode.DeepEquals(file[member], original[member])) return member;
        }

        return file["entries"]!.AsArray().Select(entry => Difference(entry!, entries[entry!["text"]!["label"]!.GetValue<string>()], "")).FirstOrDefault(found => found is not null);
    }

    private static string? Difference(JsonNode? claimed, JsonNode? original, string at)
    {
        if (JsonNode.DeepEquals(claimed, original) || at.EndsWith(".duration", StringComparison.Ordinal)) return null;
        if (claimed is JsonObject ball && ball.ContainsKey("midpoint")) return IsAround(ball, original!.AsObject()) ? null : at;
        if (claimed is JsonObject a && original is JsonObject b)
            return a.Select(member => member.Key).Union(b.Select(member => member.Key)).Select(name => Difference(a[name], b[name], $"{at}.{name}")).FirstOrDefault(found => found is not null);
        if (claimed is JsonArray list && original is JsonArray other && list.Count == other.Count)
            return list.Zip(other, (x, y) => Difference(x, y, at)).FirstOrDefault(found => found is not null);
        return at.Length == 0 ? "an entry" : at;
    }

    // |m' - m| + r <= r', in exact numbers.
    private static bool IsAround(JsonObject outer, JsonObject inner)
    {
        if (outer["radius"]!.GetValue<string>() == "infinity") return true;
        Dyadic Number(JsonObject of, string name) => Dyadic.TryParse(of[name]!.GetValue<string>(), out Dyadic number) ? number : throw new FormatException(name);
        return (Number(outer, "midpoint") - Number(inner, "midpoint")).Abs() + Number(inner, "radius") <= Number(outer, "radius");
    }
}
