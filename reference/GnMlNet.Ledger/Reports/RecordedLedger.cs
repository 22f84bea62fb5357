using System.Globalization;
using System.Text.Json.Nodes;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Reference.Certificates;

namespace GnMlNet.Ledger.Reports;

/// <summary>
/// A ledger as it was read: the balls of its claims are the file's; verdicts of claims, findings and entries are derived from them anew, and the texts are those of the program's
/// statements. Where the file says something else, that is a contradiction. Nothing is believed but the balls, which <see cref="LedgerRecomputation"/> computes again.
/// </summary>
public sealed class RecordedLedger
{
    // Far beyond what any precision of the ledger leads to.
    private const long GreatestExponent = 1 << 20;

    private static readonly string[] ClaimLists = ["hypotheses", "premises", "conclusions"];

    private readonly List<Entry> _entries = [];
    private readonly List<string> _contradictions = [];

    private RecordedLedger(Scope scope) => Scope = scope;

    /// <summary>With how many instances the statements were decided.</summary>
    public Scope Scope { get; }

    /// <summary>The entries that follow from the claims.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>How many claims, findings and entries say what follows.</summary>
    public int Confirmed { get; private set; }

    /// <summary>What in the file says something else, each with its place.</summary>
    public IReadOnlyList<string> Contradictions => _contradictions;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is no such file; the message says in one line why.</exception>
    public static RecordedLedger Read(string text)
    {
        var file = JsonMembers.Parse(text, "ledger");
        if (file.Text("format") != LedgerFile.Format) throw file.Error("format", $"must be '{LedgerFile.Format}': this is no ledger");
        if (file.Whole("version") != LedgerFile.Version) throw file.Error("version", FormattableString.Invariant($"is {file.Whole("version")}; this program reads version {LedgerFile.Version}"));
        var ledger = new RecordedLedger(file.OneOf("scope", (nameof(Scope.Quick), Scope.Quick), (nameof(Scope.Full), Scope.Full)));
        JsonMembers inputs = file.Part("inputs");
        foreach ((string name, string hash) in InstanceHashes.All) ledger.Compare(inputs.Text(name) == hash, $"inputs.{name}: the hash is not that of this program's instance");
        inputs.End();

        JsonMembers[] entries = file.Parts("entries");
        file.End();
        JsonArray written = JsonNode.Parse(text)!["entries"]!.AsArray();
        for (int k = 0; k < entries.Length; k++) ledger.Add(entries[k], written[k]!.AsObject(), FormattableString.Invariant($"entries[{k}]"));
        return ledger;
    }

    private void Add(JsonMembers parts, JsonObject written, string at)
    {
        JsonMembers text = parts.Part("text");
        string label = text.Text("label");
        Statement statement = Ledger.Statements.FirstOrDefault(statement => statement.Text.Label == label) ?? throw text.Error("label", $"is '{label}', which is no statement of this program");
        if (_entries.Any(entry => entry.Text.Label == label)) throw text.Error("label", $"is '{label}', which is there already");
        if (!TimeSpan.TryParse(parts.Text("duration"), CultureInfo.InvariantCulture, out TimeSpan duration)) throw parts.Error("duration", "is no length of time");
        Finding[] findings = [.. parts.Parts("findings").Select(FindingOf)];
        var derived = new Entry(statement.Text, LedgerVerdict.From(statement.Kind, findings), findings, duration);
        _entries.Add(derived);

        JsonObject again = LedgerFile.ToJson(derived)!.AsObject();
        JsonArray claimedFindings = written["findings"]!.AsArray(), derivedFindings = again["findings"]!.AsArray();
        for (int k = 0; k < findings.Length; k++) CompareFinding(claimedFindings[k]!.AsObject(), derivedFindings[k]!.AsObject(), FormattableString.Invariant($"{at}.findings[{k}]"));
        written.Remove("findings");
        again.Remove("findings");
        CompareParts(written, again, at);
    }

    private void CompareFinding(JsonObject claimed, JsonObject derived, string at)
    {
        foreach (string list in ClaimLists)
        {
            JsonArray claims = claimed[list]!.AsArray(), others = derived[list]!.AsArray();
            for (int k = 0; k < claims.Count; k++) CompareParts(claims[k]!, others[k]!, FormattableString.Invariant($"{at}.{list}[{k}]"));
            claimed.Remove(list);
            derived.Remove(list);
        }

        CompareParts(claimed, derived, at);
    }

    private void CompareParts(JsonNode claimed, JsonNode derived, string at)
    {
        string? difference = JsonDifference.First(claimed, derived, at);
        Compare(difference is null, $"{difference} does not follow from the claims");
    }

    private void Compare(bool holds, string contradiction)
    {
        if (holds) Confirmed++;
        else _contradictions.Add(contradiction);
    }

    private static Finding FindingOf(JsonMembers parts)
    {
        int bits = parts.Whole("bits");
        if (bits < 1) throw parts.Error("bits", "must be positive");
        Claim[][] claims = [.. ClaimLists.Select(list => parts.Parts(list).Select(ClaimOf).ToArray())];
        return new Finding(parts.Text("instance"), bits, claims[0], claims[2], ReachOf(parts)) { Premises = claims[1] };
    }

    private static Reach? ReachOf(JsonMembers parts)
    {
        if (parts.IsNull("reach")) return null;
        JsonMembers reach = parts.Part("reach");
        return new Reach(reach.OneOf("kind", (nameof(ReachKind.Time), ReachKind.Time), (nameof(ReachKind.Step), ReachKind.Step)), reach.Exact("until", GreatestExponent));
    }

    private static Claim ClaimOf(JsonMembers parts)
    {
        Relation relation = parts.OneOf("relation", (nameof(Relation.Less), Relation.Less), (nameof(Relation.LessOrEqual), Relation.LessOrEqual));
        int cases = parts.Whole("cases");
        if (cases < 1) throw parts.Error("cases", "must be at least 1");
        return Claim.OfCases(parts.Text("text"), BallOf(parts.Part("left")), relation, BallOf(parts.Part("right")), cases);
    }

    private static Ball BallOf(JsonMembers parts)
    {
        if (parts.Text("radius") == "infinity") return Ball.Indeterminate;
        Dyadic radius = parts.Exact("radius", GreatestExponent);
        if (radius.Sign < 0) throw parts.Error("radius", "must not be negative");
        return new Ball(parts.Exact("midpoint", GreatestExponent), Magnitude.Of(radius));
    }
}
