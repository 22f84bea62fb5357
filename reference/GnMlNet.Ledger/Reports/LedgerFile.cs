using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace GnMlNet.Ledger.Reports;

/// <summary>Entries with all their certificates as JSON. Balls are exact, so every comparison can be made again.</summary>
public static class LedgerFile
{
    private const string Format = "gnmlnet-ledger";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new BallConverter() },
    };

    /// <summary>The text of a file.</summary>
    public static string Write(IReadOnlyList<Entry> entries) =>
        JsonSerializer.Serialize(new { format = Format, version = 1, entries }, Options) + "\n";

    /// <summary>Makes every comparison of a file again, from its text alone.</summary>
    /// <returns>How many have the verdict that is written, and how many another one.</returns>
    /// <exception cref="FormatException">It is no such file; the message says why.</exception>
    public static (int Confirmed, int Contradicted) Check(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            JsonObject file = JsonNode.Parse(text)!.AsObject();
            if (file["format"]?.GetValue<string>() != Format) throw new FormatException($"This is no ledger: 'format' must be '{Format}'.");
            Verdict[] outcomes = [.. file["entries"]!.AsArray().SelectMany(entry => entry!["findings"]!.AsArray()).SelectMany(Claims).Select(Outcome)];
            return (outcomes.Count(outcome => outcome == Verdict.Proved), outcomes.Count(outcome => outcome == Verdict.Refuted));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException or ArgumentException or KeyNotFoundException)
        {
            throw new FormatException($"This is no whole ledger: {error.Message}");
        }
    }

    private static IEnumerable<JsonNode> Claims(JsonNode? finding) => finding!["hypotheses"]!.AsArray().Concat(finding["conclusions"]!.AsArray()).Select(claim => claim!);

    // Proved if the comparison says what is written, refuted if it says something else.
    private static Verdict Outcome(JsonNode claim)
    {
        Relation relation = Enum.Parse<Relation>(claim["relation"]!.GetValue<string>());
        Verdict found = new Claim("", BallOf(claim["left"]!), relation, BallOf(claim["right"]!)).Verdict;
        return found == Enum.Parse<Verdict>(claim["verdict"]!.GetValue<string>()) ? Verdict.Proved : Verdict.Refuted;
    }

    private static Ball BallOf(JsonNode ball)
    {
        string radius = ball["radius"]!.GetValue<string>();
        return radius == "infinity" ? Ball.Indeterminate : new Ball(NumberOf(ball["midpoint"]!.GetValue<string>()), Magnitude.Of(NumberOf(radius)));
    }

    private static Dyadic NumberOf(string text) =>
        Dyadic.TryParse(text, out Dyadic number) ? number : throw new FormatException($"'{text}' is no number of the form mantissa*2^exponent.");

    // Exactly, as mantissa*2^exponent, and in decimal for reading.
    private sealed class BallConverter : JsonConverter<Ball>
    {
        public override Ball Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Ledgers are checked, not read back.");

        public override void Write(Utf8JsonWriter writer, Ball value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("about", value.Round(64).ToString());
            writer.WriteString("midpoint", value.Midpoint.ToString());
            writer.WriteString("radius", value.IsFinite ? value.Radius.ToDyadic().ToString() : "infinity");
            writer.WriteEndObject();
        }
    }
}
