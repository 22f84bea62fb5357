using System.Globalization;

namespace GnMlNet.Cli.Output;

/// <summary>Numbers as reports show them.</summary>
internal static class Figure
{
    /// <summary>The number, or a dash where there is none.</summary>
    internal static string OrDash(double? value, string format = "0.0000") => value is { } number && !double.IsNaN(number) ? number.ToString(format, CultureInfo.InvariantCulture) : "-";
}
