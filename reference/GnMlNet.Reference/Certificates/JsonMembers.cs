using System.Text.Json;

namespace GnMlNet.Reference.Certificates;

/// <summary>
/// An object of a JSON text that anybody may have written. Members are asked for by name; one that is missing, of another type, doubled or never asked for is an error
/// whose message names its place in the text. Nothing is allocated by a size that the text states.
/// </summary>
public sealed class JsonMembers
{
    // 2^16384 in decimal digits, twice; the exact numbers of certificates are far shorter.
    private const int MostDigits = 2 * 4932;

    private readonly JsonElement _object;
    private readonly HashSet<string> _asked = [];

    // Where it stands in the text; nothing for all of it.
    private readonly string _place;

    private JsonMembers(JsonElement element, string place)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new FormatException($"{Shown(place)} must be an object, not {Kind(element)}.");
        (_object, _place) = (element, place);
    }

    /// <summary>The object that is all of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="what">What it should be, such as "certificate".</param>
    /// <exception cref="FormatException">It is not JSON, it ends early, or an object in it has two members of one name.</exception>
    public static JsonMembers Parse(string text, string what)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return new JsonMembers(document.RootElement.Clone(), "");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"This is not a whole {what}: {error.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>An error about one of the members.</summary>
    public FormatException Error(string name, string what) => new($"{Shown(At(name))} {what}.");

    /// <summary>A text.</summary>
    public string Text(string name) => TextOf(Member(name), At(name));

    /// <summary>Whether the file has null there.</summary>
    public bool IsNull(string name) => Member(name).ValueKind == JsonValueKind.Null;

    /// <summary>One of several texts.</summary>
    /// <returns>What belongs to it.</returns>
    public T OneOf<T>(string name, params (string Text, T Value)[] choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        string text = Text(name);
        foreach ((string choice, T value) in choices)
        {
            if (choice == text) return value;
        }

        throw Error(name, $"is '{text}'; it must be {string.Join(" or ", choices.Select(choice => $"'{choice.Text}'"))}");
    }

    /// <summary>True or false.</summary>
    public bool Flag(string name) => Member(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Error(name, $"must be true or false, not {Kind(Member(name))}"),
    };

    /// <summary>A whole number of 32 bits.</summary>
    public int Whole(string name) => WholeOf(Member(name), At(name));

    /// <summary>A finite double.</summary>
    public double Number(string name) => NumberOf(Member(name), At(name));

    /// <summary>Finite doubles, as many as stand there.</summary>
    public double[] Numbers(string name) => [.. Items(name).Select(item => NumberOf(item.Element, item.Place))];

    /// <summary>Pairs of whole numbers.</summary>
    public (int First, int End)[] Ranges(string name) =>
    [
        .. Items(name).Select(item => item.Element.ValueKind == JsonValueKind.Array && item.Element.GetArrayLength() == 2
            ? (WholeOf(item.Element[0], item.Place), WholeOf(item.Element[1], item.Place))
            : throw new FormatException($"{Shown(item.Place)} must be two whole numbers.")),
    ];

    /// <summary>An exact number, <c>mantissa*2^exponent</c>, from 2^-<paramref name="greatestExponent"/> to 2^<paramref name="greatestExponent"/> in size.</summary>
    public Dyadic Exact(string name, long greatestExponent) => ExactOf(Member(name), At(name), greatestExponent);

    /// <summary>Exact numbers.</summary>
    public Dyadic[] Exacts(string name, long greatestExponent) => [.. Items(name).Select(item => ExactOf(item.Element, item.Place, greatestExponent))];

    /// <summary>An object.</summary>
    public JsonMembers Part(string name) => new(Member(name), At(name));

    /// <summary>Objects.</summary>
    public JsonMembers[] Parts(string name) => [.. Items(name).Select(item => new JsonMembers(item.Element, item.Place))];

    /// <summary>To be called when all members have been asked for.</summary>
    /// <exception cref="FormatException">There are others.</exception>
    public void End()
    {
        foreach (JsonProperty property in _object.EnumerateObject())
        {
            if (!_asked.Contains(NameOf(property))) throw Error(NameOf(property), "is no member that belongs there");
        }
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined => "missing",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        JsonValueKind.Null => "null",
        _ => $"{(element.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? "an" : "a")} {element.ValueKind.ToString().ToLowerInvariant()}",
    };

    private static string TextOf(JsonElement element, string place)
    {
        if (element.ValueKind != JsonValueKind.String) throw new FormatException($"{Shown(place)} must be a text, not {Kind(element)}.");
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new FormatException($"{Shown(place)} is no valid text.");
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("A member's name is no valid text.");
        }
    }

    private static int WholeOf(JsonElement element, string place) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int value) ? value : throw new FormatException($"{Shown(place)} must be a whole number, not {Shown(element)}.");

    private static double NumberOf(JsonElement element, string place) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value) && double.IsFinite(value) ? value : throw new FormatException($"{Shown(place)} must be a finite number, not {Shown(element)}.");

    private static Dyadic ExactOf(JsonElement element, string place, long greatestExponent)
    {
        string text = TextOf(element, place);
        if (text.Length > MostDigits || !Dyadic.TryParse(text, out Dyadic value)) throw new FormatException($"{Shown(place)} is no exact number of the form mantissa*2^exponent.");
        return value.IsZero || (Math.Abs(value.Exponent) <= greatestExponent && Math.Abs(value.TopExponent) <= greatestExponent)
            ? value
            : throw new FormatException($"{Shown(place)} is beyond 2^{greatestExponent} or below 2^-{greatestExponent}, farther than any certificate goes.");
    }

    private static string Shown(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.GetRawText() is { Length: <= 30 } text ? text : Kind(element);

    private static string Shown(string place) => place.Length == 0 ? "All of it" : $"'{place}'";

    private string At(string name) => _place.Length == 0 ? name : $"{_place}.{name}";

    private JsonElement Member(string name)
    {
        _asked.Add(name);
        return _object.TryGetProperty(name, out JsonElement member) ? member : throw Error(name, "is missing");
    }

    private IEnumerable<(JsonElement Element, string Place)> Items(string name)
    {
        JsonElement list = Member(name);
        if (list.ValueKind != JsonValueKind.Array) throw Error(name, $"must be a list, not {Kind(list)}");
        return list.EnumerateArray().Select((element, index) => (element, FormattableString.Invariant($"{At(name)}[{index}]")));
    }
}
