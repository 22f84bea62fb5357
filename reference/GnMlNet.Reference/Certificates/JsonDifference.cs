using System.Text.Json.Nodes;

namespace GnMlNet.Reference.Certificates;

/// <summary>Where two JSON values differ.</summary>
public static class JsonDifference
{
    /// <summary>The place of the first difference.</summary>
    /// <param name="claimed">What a file says.</param>
    /// <param name="derived">What it should say.</param>
    /// <param name="at">The place of the two.</param>
    /// <returns>Null where there is none: numbers are the same where their shortest texts are.</returns>
    public static string? First(JsonNode? claimed, JsonNode? derived, string at = "")
    {
        if (JsonNode.DeepEquals(claimed, derived) && claimed?.ToJsonString() == derived?.ToJsonString()) return null;
        if (claimed is JsonObject a && derived is JsonObject b)
        {
            IEnumerable<string> names = a.Select(member => member.Key).Union(b.Select(member => member.Key));
            if (names.Select(name => First(a[name], b[name], at.Length == 0 ? name : $"{at}.{name}")).FirstOrDefault(found => found is not null) is { } member) return member;
            // The same members, at most in another order or one that is null in place of a missing one.
            return a.Count == b.Count ? null : at;
        }

        if (claimed is JsonArray list && derived is JsonArray other && list.Count == other.Count)
            return Enumerable.Range(0, list.Count).Select(index => First(list[index], other[index], FormattableString.Invariant($"{at}[{index}]"))).FirstOrDefault(found => found is not null);
        return at.Length == 0 ? "all of it" : at;
    }
}
