using System.Globalization;
using CsCheck;
using GnMlNet.Cli.Charts;
using ScottPlot;
using Gen = CsCheck.Gen;

namespace GnMlNet.Cli.Tests;

public class ChartTicksTests
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>Reads a label back as a reader of the chart would.</summary>
    private static double Read(string label)
    {
        string plain = string.Concat(label.Select(sign => sign switch { '−' or '⁻' => "-", _ when Superscripts.Contains(sign) => Superscripts.IndexOf(sign).ToString(CultureInfo.InvariantCulture), _ => sign.ToString() }));
        if (label.Contains('×')) return double.Parse(plain.Replace("×10", "e"), CultureInfo.InvariantCulture);
        return label.StartsWith("10", StringComparison.Ordinal) && label.Length > 2 && (label[2] == '⁻' || Superscripts.Contains(label[2]))
            ? double.Parse("1e" + plain[2..], CultureInfo.InvariantCulture)
            : double.Parse(plain, CultureInfo.InvariantCulture);
    }

    private static Tick[] Labelled(Tick[] ticks, double low, double high)
    {
        ticks.Should().OnlyContain(tick => tick.Position >= low && tick.Position <= high);
        ticks.Select(tick => tick.Position).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        return [.. ticks.Where(tick => tick.IsMajor)];
    }

    [Fact]
    public void Labels_of_a_linear_axis_say_where_they_stand_and_are_neither_too_many_nor_too_few() =>
        Gen.Select(Gen.Double[-1, 1], Gen.Double[-6, 0], Gen.Double[-250, 250], Gen.Int[5, 8]).Sample((centre, width, size, most) =>
        {
            double scale = Math.Pow(10, size), low = (centre - Math.Pow(10, width)) * scale, high = (centre + Math.Pow(10, width)) * scale;
            Tick[] labelled = Labelled(LinearTicks.Between(low, high, most).ToArray(), low - ((high - low) * 1e-9), high + ((high - low) * 1e-9));
            labelled.Length.Should().BeInRange(2, most + 1);
            foreach (Tick tick in labelled) Read(tick.Label).Should().BeApproximately(tick.Position, (high - low) * 1e-6);
            double[] steps = [.. labelled.Zip(labelled.Skip(1), (a, b) => (b.Position - a.Position) / (high - low))];
            steps.Should().OnlyContain(step => step > 0.99 / most && step < 2.6 / most);
        });

    [Fact]
    public void Labels_of_a_logarithmic_axis_say_where_they_stand_and_there_are_always_some() =>
        Gen.Select(Gen.Double[-300, 290], Gen.Double[-4, 1.2], Gen.Int[5, 8]).Sample((low, width, most) =>
        {
            double high = low + Math.Pow(10, width);
            Tick[] labelled = Labelled([.. LogarithmicTicks.Between(low, high, most)], low - 1e-9, high + 1e-9);
            labelled.Length.Should().BeInRange(2, most + 1);
            foreach (Tick tick in labelled) Math.Log10(Read(tick.Label)).Should().BeApproximately(tick.Position, 1e-6 * (high - low) + 1e-12 * Math.Abs(low));
        });

    [Fact]
    public void A_logarithmic_axis_labels_decades_or_small_multiples_or_even_steps_as_its_range_allows()
    {
        static string[] Labels(double low, double high) => [.. LogarithmicTicks.Between(Math.Log10(low), Math.Log10(high), 8).Where(tick => tick.IsMajor).Select(tick => tick.Label)];
        Labels(0.9e-3, 1.1e2).Should().Equal("10⁻³", "10⁻²", "10⁻¹", "10⁰", "10¹", "10²");
        Labels(0.9e-8, 1.1e4).Should().Equal("10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "10⁰", "10²", "10⁴");
        Labels(0.4, 30).Should().Equal("0.5", "1", "2", "5", "10", "20");
        Labels(4e-8, 3e-7).Should().Equal("5×10⁻⁸", "10⁻⁷", "2×10⁻⁷");
        Labels(50.9, 53.1).Should().Equal("51.0", "51.5", "52.0", "52.5", "53.0");
    }
}
