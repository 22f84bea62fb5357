using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GnMlNet.Fuzzing;

/// <summary>
/// One small change of a JSON text, drawn at random from a seed: a sign, a unit in the last place, a digit, a factor, another word, or something deleted, doubled, swapped or null.
/// The place is found by going down from the top with the same chance for every member, so that long lists do not hide short ones; half of the time only members in focus are entered.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="focus">The names of members that matter most.</param>
internal sealed class JsonMutator(int seed, params string[] focus)
{
    private const string ExactMark = "*2^";

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Words = ["Proved", "Refuted", "Undecided", "NotApplicable", "ProvedOnInstances", "Vacuous", "Less", "LessOrEqual", "Tanh", "Logistic", "Training", "Flow", "Quick", "Full", ""];

    private readonly Random _random = new(seed);

    /// <summary>The altered text, and what was done to it.</summary>
    internal (string Text, string What) Mutate(string text)
    {
        JsonNode root = JsonNode.Parse(text)!;
        JsonNode place = Descend(root);
        if (place.Parent is not { } parent) return (text[..^1], "the last character deleted");
        string what = _random.Next(4) > 0 && place is JsonValue value ? ChangeValue(value) : ChangeStructure(place, parent);
        string altered = root.ToJsonString(Options);
        // A member that is there twice cannot be put into a tree.
        if (_random.Next(40) == 0 && place.Parent is JsonObject holder && place is JsonValue)
        {
            string member = $"\"{place.GetPropertyName()}\":{place.ToJsonString(Options)}";
            int at = altered.IndexOf(member, StringComparison.Ordinal);
            return at < 0 || holder.Count == 0 ? (altered, what) : (altered[..at] + member + "," + altered[at..], $"{member} twice");
        }

        return (altered, $"{what} (seed {seed})");
    }

    private JsonNode Descend(JsonNode node)
    {
        bool isFocused = _random.Next(2) == 0;
        while (true)
        {
            JsonNode?[] children = node switch { JsonObject o => Members(o, isFocused), JsonArray a => [.. a], _ => [] };
            // Now and then an object or a list itself.
            if (children.Length == 0 || _random.Next(12) == 0 || children[_random.Next(children.Length)] is not { } child) return node;
            node = child;
        }
    }

    private JsonNode?[] Members(JsonObject holder, bool isFocused)
    {
        JsonNode?[] inFocus = [.. focus.Where(holder.ContainsKey).Select(name => holder[name])];
        return isFocused && inFocus.Length > 0 ? inFocus : [.. holder.Select(member => member.Value)];
    }

    private string ChangeValue(JsonValue value)
    {
        string path = value.GetPath();
        (JsonNode? other, string how) = value.GetValueKind() switch
        {
            JsonValueKind.Number => ChangedNumber(value.ToJsonString()),
            JsonValueKind.String => ChangedText(value.GetValue<string>()),
            _ => (JsonValue.Create(value.GetValueKind() != JsonValueKind.True), "turned round"),
        };
        value.ReplaceWith(other);
        return $"{path}: {how}";
    }

    private string ChangeStructure(JsonNode place, JsonNode parent)
    {
        string path = place.GetPath();
        switch (_random.Next(4))
        {
            case 0 when parent is JsonArray list:
                list.Remove(place);
                return $"{path} deleted";
            case 0:
                parent.AsObject().Remove(place.GetPropertyName());
                return $"{path} deleted";
            case 1:
                place.ReplaceWith((JsonNode?)null);
                return $"{path} null";
            case 2 when parent is JsonArray list:
                list.Insert(place.GetElementIndex(), place.DeepClone());
                return $"{path} doubled";
            default:
                if (parent is not JsonArray { Count: > 1 } entries) return place is JsonValue value ? ChangeValue(value) : $"{path} as it was";
                int first = place.GetElementIndex(), second = _random.Next(entries.Count);
                JsonNode? a = entries[first]?.DeepClone(), b = entries[second]?.DeepClone();
                (entries[first], entries[second]) = (b, a);
                return $"{path} and [{second}] swapped";
        }
    }

    private (JsonNode? Value, string How) ChangedNumber(string raw)
    {
        double number = double.Parse(raw, CultureInfo.InvariantCulture);
        (string text, string how) = _random.Next(6) switch
        {
            0 => (raw.StartsWith('-') ? raw[1..] : "-" + raw, "sign"),
            1 => (Text(Math.BitIncrement(number)), "one unit up"),
            2 => (Text(Math.BitDecrement(number)), "one unit down"),
            3 => (Text(2 * number), "doubled"),
            4 => ("0", "zero"),
            _ => (WithOtherDigit(raw), "a digit"),
        };
        return (JsonNode.Parse(text), $"{how}, {raw} to {text}");
    }

    private (JsonNode? Value, string How) ChangedText(string text)
    {
        string other = text.Contains(ExactMark, StringComparison.Ordinal) ? ChangedExact(text) : _random.Next(3) switch
        {
            0 => Words[_random.Next(Words.Length)],
            1 when text.Any(char.IsAsciiDigit) => WithOtherDigit(text),
            _ => text.Length == 0 ? "x" : text.Remove(_random.Next(text.Length), 1),
        };
        return (JsonValue.Create(other), $"'{text}' to '{other}'");
    }

    private string ChangedExact(string text)
    {
        string[] parts = text.Split(ExactMark);
        BigInteger mantissa = BigInteger.Parse(parts[0], CultureInfo.InvariantCulture);
        int exponent = int.Parse(parts[1], CultureInfo.InvariantCulture);
        (mantissa, exponent) = _random.Next(8) switch
        {
            0 => (-mantissa, exponent),
            1 => (mantissa + 1, exponent),
            2 => (mantissa - 1, exponent),
            3 => (mantissa, exponent + 1),
            4 => (mantissa, exponent - (1 << _random.Next(6))),
            // Less than a unit in the last place.
            5 => ((mantissa << 40) + 1, exponent - 40),
            6 => (BigInteger.Zero, 0),
            _ => (BigInteger.Parse(WithOtherDigit(parts[0]), CultureInfo.InvariantCulture), exponent),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}{ExactMark}{exponent}");
    }

    private string WithOtherDigit(string text)
    {
        int[] digits = [.. Enumerable.Range(0, text.Length).Where(k => char.IsAsciiDigit(text[k]))];
        int at = digits[_random.Next(digits.Length)];
        // A number does not begin with 0.
        char other = (char)('1' + ((text[at] - '0' + _random.Next(8)) % 9));
        return text[..at] + other + text[(at + 1)..];
    }

    private static string Text(double number) => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "1e999";
}
