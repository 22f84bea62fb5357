using ScottPlot;

namespace GnMlNet.Cli.Charts;

/// <summary>
/// Ticks on a logarithmic axis, whose positions are decimal logarithms: at powers of ten; where there are few of them, at 1, 2 and 5 times powers
/// of ten; where there are few of these either, at evenly spaced values.
/// </summary>
internal static class LogarithmicTicks
{
    private const int FewestLabels = 3;

    // Decades from label to label and from tick to tick.
    private static readonly (int Label, int Tick)[] Strides = [(1, 1), (2, 1), (3, 1), (5, 1), (10, 2), (20, 5), (50, 10), (100, 20), (200, 50), (500, 100)];

    // The digits with labels, the fuller set first.
    private static readonly int[][] Digits = [[1, 2, 5], [1, 3]];

    // Numbers outside these decades are written with a power of ten.
    private const int LowestPlainDecade = -3, HighestPlainDecade = 4;

    internal static IEnumerable<Tick> Between(double low, double high, int mostLabels)
    {
        int decades = (int)(Math.Floor(high) - Math.Ceiling(low)) + 1;
        if (decades >= FewestLabels) return Decades(low, high, Strides.First(stride => decades <= stride.Label * mostLabels));
        Tick[]? between = Digits.Select(digits => WithinDecades(low, high, digits).ToArray()).FirstOrDefault(ticks => ticks.Count(tick => tick.IsMajor) <= mostLabels);
        return between?.Count(tick => tick.IsMajor) >= FewestLabels ? between : EvenlySpaced(low, high, mostLabels);
    }

    private static IEnumerable<Tick> Decades(double low, double high, (int Label, int Tick) stride)
    {
        for (int decade = (int)Math.Floor(low); decade <= high; decade++)
        {
            if (decade >= low && decade % stride.Tick == 0) yield return decade % stride.Label == 0 ? Tick.Major(decade, NumberLabels.PowerOfTen(decade)) : Tick.Minor(decade);
            if (stride.Label > 1) continue;
            foreach (double position in Enumerable.Range(2, 8).Select(digit => decade + Math.Log10(digit)).Where(position => position >= low && position <= high))
                yield return Tick.Minor(position);
        }
    }

    private static IEnumerable<Tick> WithinDecades(double low, double high, int[] digits)
    {
        bool plain = low >= LowestPlainDecade && high < HighestPlainDecade + 1;
        for (int decade = (int)Math.Floor(low); decade <= high; decade++)
        {
            for (int digit = 1; digit <= 9; digit++)
            {
                double position = decade + Math.Log10(digit);
                if (position < low || position > high) continue;
                yield return digits.Contains(digit) ? Tick.Major(position, NumberLabels.Of(digit, decade, plain)) : Tick.Minor(position);
            }
        }
    }

    private static IEnumerable<Tick> EvenlySpaced(double low, double high, int mostLabels) =>
        LinearTicks.Between(Math.Pow(10, low), Math.Pow(10, high), mostLabels).Where(tick => tick.Position > 0).Select(tick => new Tick(Math.Log10(tick.Position), tick.Label, tick.IsMajor));
}
