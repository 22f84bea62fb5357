using ScottPlot;

namespace GnMlNet.Cli.Charts;

/// <summary>Ticks at multiples of 1, 2 or 5 times a power of ten.</summary>
internal static class LinearTicks
{
    // Steps with the number of small ones in each.
    private static readonly (double Step, int Parts)[] Steps = [(1, 5), (2, 4), (5, 5), (10, 5)];

    internal static IEnumerable<Tick> Between(double low, double high, int mostSteps)
    {
        double least = (high - low) / mostSteps, power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        (double factor, int parts) = Steps.First(at => at.Step * power >= least || at.Step == 10);
        double step = factor * power;
        var labels = new NumberLabels(Math.Max(Math.Abs(low), Math.Abs(high)), step);
        for (double k = Math.Ceiling(low / step * parts); k <= Math.Floor(high / step * parts); k++)
        {
            double at = k * step / parts;
            yield return k % parts == 0 ? Tick.Major(at, labels.Of(at)) : Tick.Minor(at);
        }
    }
}
