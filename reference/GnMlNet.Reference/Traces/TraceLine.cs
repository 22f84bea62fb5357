using System.Text.Json;

namespace GnMlNet.Reference.Traces;

/// <summary>One line of a trace file, whose members are read with their types and shapes checked.</summary>
internal sealed class TraceLine
{
    private readonly string _file;
    private readonly int _number;
    private readonly JsonElement _object;

    internal TraceLine(string file, int number, string text)
    {
        (_file, _number) = (file, number);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            _object = document.RootElement.Clone();
            if (_object.ValueKind != JsonValueKind.Object) throw Error("this is not a JSON object");
            var names = new HashSet<string>();
            foreach (JsonProperty member in _object.EnumerateObject())
            {
                if (!names.Add(member.Name)) throw Error($"'{member.Name}' is there twice");
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // A name of half a surrogate pair is an invalid operation.
            throw Error("this is not JSON, or the line ends early");
        }
    }

    internal FormatException Error(string what) => new(FormattableString.Invariant($"{_file}, line {_number}: {what}."));

    internal bool Has(string name) => _object.TryGetProperty(name, out _);

    internal string Text(string name)
    {
        try
        {
            return Member(name, JsonValueKind.String).GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Error($"'{name}' is not Unicode");
        }
    }

    internal bool Flag(string name) => Member(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Error($"'{name}' must be true or false"),
    };

    internal int Integer(string name) => Member(name, JsonValueKind.Number).TryGetInt32(out int value) ? value : throw Error($"'{name}' must be a whole number");

    internal double Number(string name) => Finite(name, Member(name, JsonValueKind.Number));

    internal double Positive(string name) => Number(name) is var value and > 0 ? value : throw Error($"'{name}' must be positive");

    /// <summary>A text that has one of these meanings.</summary>
    internal T OneOf<T>(string name, params (string Text, T Meaning)[] known)
    {
        string text = Text(name);
        foreach ((string word, T meaning) in known)
        {
            if (word == text) return meaning;
        }

        throw Error($"{name} '{text}'; it must be {string.Join(" or ", known.Select(one => $"'{one.Text}'"))}");
    }

    /// <summary>A number, or NaN where the file has none because it was not finite.</summary>
    internal double NumberOrNaN(string name) => Has(name) ? Number(name) : double.NaN;

    internal double[] Vector(string name, long length) => Vector(name, Member(name, JsonValueKind.Array), length);

    /// <summary>A list of so many numbers, or an empty one.</summary>
    internal double[] VectorOrNone(string name, long length) => VectorOrNone(name, Member(name, JsonValueKind.Array), length);

    /// <summary>A list of such lists.</summary>
    internal double[][] VectorsOrNone(string name, long length) =>
    [
        .. Member(name, JsonValueKind.Array).EnumerateArray().Select(list =>
            list.ValueKind == JsonValueKind.Array ? VectorOrNone(name, list, length) : throw Error($"'{name}' must hold lists of numbers")),
    ];

    private double[] VectorOrNone(string name, JsonElement list, long length) => list.GetArrayLength() == 0 ? [] : Vector(name, list, length);

    private double[] Vector(string name, JsonElement list, long length)
    {
        if (list.GetArrayLength() != length) throw Error($"'{name}' has {list.GetArrayLength()} numbers; {length} are needed");
        int index = 0;
        var values = new double[length];
        foreach (JsonElement entry in list.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Number) throw Error($"entry {index} of '{name}' is {entry.GetRawText()}, no finite number");
            values[index++] = Finite(name, entry);
        }

        return values;
    }

    internal (int First, int End)[] Ranges(string name) =>
    [
        .. Member(name, JsonValueKind.Array).EnumerateArray().Select(range =>
            range.ValueKind == JsonValueKind.Array && range.GetArrayLength() == 2 && IsInteger(range[0], out int first) && IsInteger(range[1], out int end)
                ? (first, end)
                : throw Error($"'{name}' must hold pairs of whole numbers")),
    ];

    private static bool IsInteger(JsonElement element, out int value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out value);
    }

    private JsonElement Member(string name, JsonValueKind kind) =>
        Member(name) is var member && member.ValueKind == kind ? member : throw Error($"'{name}' must be a {kind.ToString().ToLowerInvariant()}");

    private JsonElement Member(string name) => _object.TryGetProperty(name, out JsonElement member) ? member : throw Error($"'{name}' is missing");

    private double Finite(string name, JsonElement entry) =>
        entry.TryGetDouble(out double value) && double.IsFinite(value) ? value : throw Error($"'{name}' holds {entry.GetRawText()}, no finite number");
}
