using System.Runtime.CompilerServices;

namespace GnMlNet.Core.Theory;

/// <summary>Checks of arguments: each gives its argument back, or throws an exception with its name and valid range.</summary>
internal static class Argument
{
    internal static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "It must be positive and finite.");

    internal static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "It must be at least 0 and finite.");

    /// <summary>A number in [least, infinity).</summary>
    internal static double AtLeast(double least, double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= least && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"It must be at least {least} and finite."));

    /// <summary>rho of a theorem that allows no damping as well, in [0, 1].</summary>
    internal static double Damping(double rho, [CallerArgumentExpression(nameof(rho))] string? name = null) =>
        rho is >= 0 and <= 1 ? rho : throw new ArgumentOutOfRangeException(name, rho, "It must lie in [0, 1].");

    /// <summary>rho of a theorem that needs damping, in (0, 1].</summary>
    internal static double PositiveDamping(double rho, [CallerArgumentExpression(nameof(rho))] string? name = null) =>
        rho is > 0 and <= 1 ? rho : throw new ArgumentOutOfRangeException(name, rho, "It must lie in (0, 1].");

    /// <summary>r, the part of the ball's greatest radius 2 lambda_0/L, in (0, 1).</summary>
    internal static double Fraction(double r, [CallerArgumentExpression(nameof(r))] string? name = null) =>
        r is > 0 and < 1 ? r : throw new ArgumentOutOfRangeException(name, r, "It must lie in (0, 1).");

    internal static int Count(int value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "It must be at least 1.");

    /// <summary>The number of rows of a row-major table, all of whose entries must be finite.</summary>
    internal static int Rows(ReadOnlySpan<double> table, int width, string tableName, string widthName)
    {
        Count(width, widthName);
        if (table.Length == 0 || table.Length % width != 0)
            throw new ArgumentOutOfRangeException(tableName, table.Length, FormattableString.Invariant($"Its length must be a positive multiple of {widthName} = {width}."));
        for (int index = 0; index < table.Length; index++)
        {
            if (!double.IsFinite(table[index])) throw new ArgumentOutOfRangeException(tableName, table[index], FormattableString.Invariant($"Entry {index} must be finite."));
        }

        return table.Length / width;
    }
}
