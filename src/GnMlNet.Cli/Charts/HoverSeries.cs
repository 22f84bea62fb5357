namespace GnMlNet.Cli.Charts;

/// <summary>A line of a <see cref="HoverChart"/>.</summary>
/// <param name="Name">What it is called beside others; empty where it is alone.</param>
/// <param name="Y">Its values, one at each place.</param>
/// <param name="Lower">The lower ends of a band around it, as many, or none.</param>
/// <param name="Upper">The upper ends.</param>
internal sealed record HoverSeries(string Name, IReadOnlyList<double> Y, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper);
