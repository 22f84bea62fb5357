using ScottPlot;

namespace GnMlNet.Cli.Charts;

/// <summary>Where values stand along an axis: at themselves or at their decimal logarithms.</summary>
internal readonly record struct AxisScale(bool Logarithmic)
{
    // Beyond these sizes the arithmetic of coordinates leaves the range of numbers.
    private const double Largest = 1e300, Smallest = 1e-300;

    // A relative change that no label could show.
    private const double Flat = 1e-9;

    internal bool Shows(double value) => Logarithmic ? value > 0 && double.IsFinite(value) : Math.Abs(value) <= Largest;

    internal double Position(double value) => Logarithmic ? Math.Log10(value) : value;

    /// <summary>The range that holds all positions, with a margin as a share of it on both sides.</summary>
    internal CoordinateRange Range(IEnumerable<double> positions, double margin)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double position in positions)
        {
            low = Math.Min(low, position);
            high = Math.Max(high, position);
        }

        if (low > high) (low, high) = Logarithmic ? (-1, 1) : (0, 1);
        double span = high - low, size = Math.Max(Math.Abs(low), Math.Abs(high));
        double room = span > Math.Max(Flat * size, Smallest) ? margin * span : RoomAround(size);
        return new CoordinateRange(low - room, high + room);
    }

    /// <summary>The ticks inside a range, no more of them with labels than asked for where that is possible.</summary>
    internal Tick[] Ticks(CoordinateRange range, int mostLabels) =>
        [.. Logarithmic ? LogarithmicTicks.Between(range.Min, range.Max, mostLabels) : LinearTicks.Between(range.Min, range.Max, mostLabels)];

    // Half a decade, a tenth of the value, or one around zero.
    private double RoomAround(double size)
    {
        if (Logarithmic) return 0.5;
        return size > Smallest / Flat ? size / 10 : 1;
    }
}
