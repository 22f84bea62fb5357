using System.CommandLine;
using System.Globalization;

namespace GnMlNet.Cli.Options;

/// <summary>Options that are sizes, in bytes or with a unit: 512MiB, 1.5GiB, 2GB.</summary>
internal static class Sizes
{
    private static readonly Dictionary<string, double> s_units = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = 1,
        ["B"] = 1,
        ["KB"] = 1e3,
        ["MB"] = 1e6,
        ["GB"] = 1e9,
        ["TB"] = 1e12,
        ["KiB"] = 1L << 10,
        ["MiB"] = 1L << 20,
        ["GiB"] = 1L << 30,
        ["TiB"] = 1L << 40,
    };

    /// <summary>A size that may be left out.</summary>
    internal static Option<long?> Optional(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens.Single().Value;
            if (Parse(text) is { } bytes) return bytes;
            result.AddError($"{name} must be a size such as 512MiB, 1.5GiB, 2GB or a number of bytes; '{text}' is not.");
            return null;
        },
    };

    /// <summary>The bytes of a size, at least 1; null where the text is no size.</summary>
    internal static long? Parse(string text)
    {
        int end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (!s_units.TryGetValue(text[end..].Trim(), out double unit)) return null;
        if (!double.TryParse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)) return null;
        double bytes = Math.Floor(number * unit);
        return bytes >= 1 && bytes < long.MaxValue ? (long)bytes : null;
    }
}
