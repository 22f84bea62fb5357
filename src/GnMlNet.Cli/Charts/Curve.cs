namespace GnMlNet.Cli.Charts;

/// <summary>One curve of a <see cref="LineChart"/>. Points that an axis cannot show, such as NaN or a zero on a logarithmic axis, are left out.</summary>
internal sealed record Curve(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    public IReadOnlyList<double> Y { get; } = Y.Count == X.Count ? Y : throw new ArgumentException($"Curve '{Name}' has {X.Count} abscissas and {Y.Count} ordinates.", nameof(Y));

    /// <summary>The curve of two numbers of each of some points.</summary>
    internal static Curve Of<T>(string name, IEnumerable<T> points, Func<T, double> x, Func<T, double> y) => new(name, [.. points.Select(x)], [.. points.Select(y)]);

    /// <summary>Whether it is a cloud of points without a line.</summary>
    public bool IsPoints { get; init; }

    /// <summary>Whether these points are few, and large.</summary>
    public bool ArePointsLarge { get; init; }

    /// <summary>Dashed or solid; by default the chart gives its curves patterns that tell them apart without colour.</summary>
    public bool? Dashed { get; init; }
}
