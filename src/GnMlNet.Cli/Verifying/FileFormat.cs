using System.Text;
using System.Text.Json;

namespace GnMlNet.Cli.Verifying;

/// <summary>What a file of JSON calls itself: the member 'format' of its first object.</summary>
internal static class FileFormat
{
    /// <summary>The format, or null where there is none.</summary>
    internal static string? Of(string text)
    {
        // Of a trace every line is a value of its own; only the first object is looked at, and only up to its format.
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { AllowMultipleValues = true });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isFormat = reader.ValueTextEquals("format");
                reader.Read();
                if (isFormat) return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }

            return null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
