using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;

namespace GnMlNet.Ledger.Reports;

/// <summary>Entries with all their certificates as JSON (docs/certificates.md). Balls are exact, so every comparison can be made again.</summary>
public static class LedgerFile
{
    /// <summary>What the file calls itself.</summary>
    public const string Format = "gnmlnet-ledger";

    internal const int Version = 2;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new BallConverter(), new ExactNumberConverter() },
    };

    /// <summary>The text of a file.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="scope">What they were decided with.</param>
    public static string Write(IReadOnlyList<Entry> entries, Scope scope = Scope.Quick) =>
        JsonSerializer.Serialize(new { format = Format, version = Version, scope = scope.ToString(), inputs = InstanceHashes.All, entries }, Options) + "\n";

    /// <summary>Derives every verdict of a file again, from its claims alone: a quick check, which does not compute the claims themselves.</summary>
    /// <returns>How many parts of the file say what follows from its claims, and how many say something else.</returns>
    /// <exception cref="FormatException">It is no such file; the message says why.</exception>
    public static (int Confirmed, int Contradicted) Check(string text)
    {
        var ledger = RecordedLedger.Read(text);
        return (ledger.Confirmed, ledger.Contradictions.Count);
    }

    /// <summary>A part as it is written.</summary>
    internal static JsonNode? ToJson<T>(T part) => JsonSerializer.SerializeToNode(part, Options);

    private sealed class ExactNumberConverter : JsonConverter<Dyadic>
    {
        public override Dyadic Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Ledgers are checked, not read back.");

        public override void Write(Utf8JsonWriter writer, Dyadic value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

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
