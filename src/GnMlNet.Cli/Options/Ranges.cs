using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace GnMlNet.Cli.Options;

/// <summary>Options that check their range while the command line is read, so that a wrong one is named as the user typed it.</summary>
internal static class Ranges
{
    internal static Option<int> Integer(string name, string description, int value, int least) =>
        Option(name, description, value, number => number >= least, $"a whole number of at least {least}");

    /// <summary>A whole number that may be left out, and beyond what an index can be.</summary>
    internal static Option<long?> OptionalCount(string name, string description, long least) => Optional<long>(name, description, number => number >= least, $"a whole number of at least {least}");

    /// <summary>A whole number that may be left out.</summary>
    internal static Option<int?> OptionalInteger(string name, string description, int least) => Optional<int>(name, description, number => number >= least, $"a whole number of at least {least}");

    /// <summary>A port of this machine that may be left out.</summary>
    internal static Option<int?> OptionalPort(string name, string description) => Optional<int>(name, description, number => number is >= 1 and <= 65535, "a port from 1 to 65535");

    /// <summary>A number of at least 0 that may be left out.</summary>
    internal static Option<double?> OptionalNonNegative(string name, string description) =>
        Optional<double>(name, description, number => double.IsFinite(number) && number >= 0, "a finite number of at least 0");

    /// <summary>A label, which is a float, that may be left out.</summary>
    internal static Option<double?> OptionalLabel(string name, string description) =>
        Optional<double>(name, description, number => float.IsFinite((float)number), "a finite number");

    internal static Option<double> Share(string name, string description, double value) =>
        Option(name, description, value, number => number is > 0 and < 1, "a number above 0 and below 1");

    internal static Option<double> Fraction(string name, string description, double value) =>
        Option(name, description, value, number => number is >= 0 and < 1, "a number of at least 0 and below 1");

    /// <summary>A share that may be left out.</summary>
    internal static Option<double?> OptionalFraction(string name, string description) =>
        Optional<double>(name, description, number => number is >= 0 and < 1, "a number of at least 0 and below 1");

    internal static Option<double> NonNegative(string name, string description, double value) =>
        Option(name, description, value, number => double.IsFinite(number) && number >= 0, "a finite number of at least 0");

    internal static Option<double> Positive(string name, string description, double value) =>
        Option(name, description, value, number => double.IsFinite(number) && number > 0, "a finite number above 0");

    internal static Option<double> UnitInterval(string name, string description, double value) =>
        Option(name, description, value, number => number is >= 0 and <= 1, "a number from 0 to 1");

    /// <summary>Positive numbers separated by commas; a fraction such as 1/8 is a number.</summary>
    internal static Option<double[]> PositiveList(string name, string description, double[] values) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => values,
        CustomParser = result =>
        {
            string[] texts = [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
            double[] numbers = [.. texts.Select(Number)];
            if (numbers.Length > 0 && numbers.All(number => double.IsFinite(number) && number > 0)) return numbers;
            result.AddError($"{name} must be positive numbers separated by commas, such as 1/8,8,16; '{string.Join(',', texts)}' is not.");
            return [];
        },
    };

    /// <summary>One of the names of an enumeration, in upper or lower case.</summary>
    internal static Option<T> Choice<T>(string name, string description, T value)
        where T : struct, Enum => new(name)
        {
            Description = description,
            DefaultValueFactory = _ => value,
            CustomParser = result =>
            {
                string text = string.Concat(result.Tokens.Select(token => token.Value));
                foreach (T known in Enum.GetValues<T>())
                {
                    if (string.Equals(known.ToString(), text, StringComparison.OrdinalIgnoreCase)) return known;
                }

                result.AddError($"{name} must be one of {string.Join(", ", Enum.GetNames<T>())}; '{text}' is not.");
                return default;
            },
        };

    private static double Number(string text)
    {
        string[] parts = text.Split('/');
        double[] numbers = [.. parts.Select(part => double.TryParse(part, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        return numbers.Length switch { 1 => numbers[0], 2 => numbers[0] / numbers[1], _ => double.NaN };
    }

    private static Option<T> Option<T>(string name, string description, T value, Func<T, bool> isInRange, string range)
        where T : struct, IParsable<T> => new(name)
        {
            Description = description,
            DefaultValueFactory = _ => value,
            CustomParser = result => Parse(result, name, isInRange, range) ?? default,
        };

    private static Option<T?> Optional<T>(string name, string description, Func<T, bool> isInRange, string range)
        where T : struct, IParsable<T> => new(name)
        {
            Description = description,
            CustomParser = result => Parse(result, name, isInRange, range),
        };

    private static T? Parse<T>(ArgumentResult result, string name, Func<T, bool> isInRange, string range)
        where T : struct, IParsable<T>
    {
        string text = result.Tokens.Single().Value;
        if (T.TryParse(text, CultureInfo.InvariantCulture, out T number) && isInRange(number)) return number;
        result.AddError($"{name} must be {range}; '{text}' is not.");
        return null;
    }
}
