using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Certificates;

/// <summary>Certificates as JSON: exact numbers as <c>mantissa*2^exponent</c>, doubles with all their digits.</summary>
public static class CertificateFile
{
    private const string Format = "gnmlnet-step-certificate";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new DyadicConverter(), new JsonStringEnumConverter(), new RangeConverter() },
    };

    /// <summary>The text of a certificate file.</summary>
    public static string Write(StepCertificate certificate)
    {
        JsonObject content = JsonSerializer.SerializeToNode(certificate, Options)!.AsObject();
        var file = new JsonObject { ["format"] = Format, ["version"] = 1, ["certificate"] = content };
        return file.ToJsonString(Options);
    }

    /// <summary>Reads a certificate and checks its shapes.</summary>
    /// <param name="text">The text of a certificate file.</param>
    /// <exception cref="FormatException">The text is no certificate, or its parts do not fit together; the message says what.</exception>
    public static StepCertificate Read(string text)
    {
        StepCertificate? certificate;
        try
        {
            JsonObject file = JsonNode.Parse(text)?.AsObject() ?? throw new FormatException("This is not a certificate.");
            if (file["format"]?.GetValue<string>() != Format) throw new FormatException($"This is not a certificate: 'format' must be '{Format}'.");
            if (file["version"]?.GetValue<int>() != 1) throw new FormatException("This is a certificate of another version; this program reads version 1.");
            certificate = file["certificate"].Deserialize<StepCertificate>(Options);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or OverflowException)
        {
            throw new FormatException($"This is not a whole certificate: {error.Message}");
        }

        return certificate is null ? throw new FormatException("The certificate is empty.") : Checked(certificate);
    }

    private static StepCertificate Checked(StepCertificate certificate)
    {
        RecordedRun run = certificate.Run;
        void Need(bool holds, string what)
        {
            if (!holds) throw new FormatException($"The certificate does not fit together: {what}.");
        }

        bool isFlow = run.Kind == RunKind.Flow;
        Need(run.Inputs >= 1 && run.HiddenUnits >= 1 && run.Rows.Count >= 1 && Enum.IsDefined(run.Activation), "the sizes or the activation of its network");
        Need(certificate.Bits is >= 64 and <= 1 << 16, "its number of bits");
        Need(run.Rows.All(row => row.X.Length == run.Inputs && row.Weight > 0 && double.IsFinite(row.Y) && row.X.All(double.IsFinite) && double.IsFinite(row.Weight)), "its rows");
        Need(run.Iterates.Count == (isFlow ? 1 : 2), "its iterates");
        RecordedIterate step = run.Iterates[^1];
        long trained = run.Layout.TrainedCount, parameters = run.ParameterCount;
        double[] vector = run.StepOf(step);
        Need(vector.Length == trained && vector.All(double.IsFinite) && certificate.Approximation.Count == trained, "the length of its step");
        Need(run.Iterates.All(iterate => iterate.Parameters.Length == parameters && iterate.Parameters.All(double.IsFinite)), "its parameters");
        Need(isFlow ? !run.Biases && run.Signs.Length == run.HiddenUnits && run.InitialWeights.Length == parameters && run.ScalingFactor > 0 && run.Damping is >= 0 and <= 1
            : step.Metric.Length == trained && step.Metric.All(double.IsFinite) && step.Damping >= 0 && run.Penalty >= 0 && (step.Penalties.Length == 0 || (step.Penalties.Length == trained && step.Penalties.All(penalty => penalty >= 0 && double.IsFinite(penalty)))), "its settings");
        Need(run.Signs.All(sign => Math.Abs(sign) == 1) && run.InitialWeights.All(double.IsFinite) && double.IsFinite(run.ScalingFactor) && double.IsFinite(run.Penalty) && double.IsFinite(step.Damping), "its settings");
        Need(step.CurvatureRows.All(range => range.First >= 0 && range.First < range.End && range.End <= run.Rows.Count), "the rows of its curvature");
        return certificate;
    }

    private sealed class DyadicConverter : JsonConverter<Dyadic>
    {
        public override Dyadic Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Dyadic.TryParse(reader.GetString() ?? "", out Dyadic value) && Math.Abs(value.Exponent) <= 1 << 20
                ? value
                : throw new JsonException("an exact number must have the form mantissa*2^exponent");

        public override void Write(Utf8JsonWriter writer, Dyadic value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class RangeConverter : JsonConverter<(int First, int End)>
    {
        public override (int First, int End) Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<int[]>(ref reader) is [var first, var end] ? (first, end) : throw new JsonException("a range must be two numbers");

        public override void Write(Utf8JsonWriter writer, (int First, int End) value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(value.First);
            writer.WriteNumberValue(value.End);
            writer.WriteEndArray();
        }
    }
}
