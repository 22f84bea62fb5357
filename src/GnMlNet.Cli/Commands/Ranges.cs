using System.CommandLine;
using System.Globalization;

namespace GnMlNet.Cli.Commands;

/// <summary>Options that check their range while the command line is read, so that a wrong one is named as the user typed it.</summary>
internal static class Ranges
{
    internal static Option<int> Integer(string name, string description, int value, int least)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least) result.AddError($"{name} must be at least {least}.");
        });
        return option;
    }

    internal static Option<double> Fraction(string name, string description, double value)
    {
        var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => value, CustomParser = ParseNumber };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and < 1)) result.AddError($"{name} must be at least 0 and below 1.");
        });
        return option;
    }

    internal static Option<double> NonNegative(string name, string description, double value)
    {
        var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => value, CustomParser = ParseNumber };
        option.Validators.Add(result =>
        {
            double given = result.GetValueOrDefault<double>();
            if (!double.IsFinite(given) || given < 0) result.AddError($"{name} must be a finite number of at least 0.");
        });
        return option;
    }

    private static double ParseNumber(System.CommandLine.Parsing.ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)) return value;
        result.AddError($"'{text}' is not a number.");
        return 0;
    }
}
