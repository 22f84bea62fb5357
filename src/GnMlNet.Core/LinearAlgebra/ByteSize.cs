using System.Globalization;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>Sizes of memory as people read them: KiB, MiB, GiB or TiB (powers of 1024) with one decimal.</summary>
internal static class ByteSize
{
    private static readonly string[] s_units = ["KiB", "MiB", "GiB", "TiB"];

    /// <summary>A size that is needed, rounded up, so that what is said suffices.</summary>
    /// <param name="bytes">At least 0.</param>
    internal static string Needed(double bytes) => Format(bytes, Math.Ceiling);

    /// <summary>A size that is there, rounded down.</summary>
    /// <param name="bytes">At least 0.</param>
    internal static string Allowed(double bytes) => Format(bytes, Math.Floor);

    private static string Format(double bytes, Func<double, double> round)
    {
        int unit = 0;
        double size = bytes / 1024;
        for (; size >= 1024 && unit < s_units.Length - 1; unit++) size /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{round(10 * size) / 10:F1} {s_units[unit]}");
    }
}
