using System.Globalization;
using System.Xml.Linq;
using GnMlNet.Cli.Charts;
using GnMlNet.Cli.Common;
using SkiaSharp;

namespace GnMlNet.Cli.Tests;

public class ChartTests
{
    private static readonly double[] Time = [.. Enumerable.Range(0, 41).Select(i => i / 2.0)];

    private static LineChart Chart { get; } = new("Learning curves", "Time", "Loss", [Of("first", t => 1e4 * Math.Exp(-t)), Of("second", t => 1e-3 * Math.Exp(-t / 3))]) { LogarithmicY = true };

    private static Curve Of(string name, Func<double, double> value) => new(name, Time, [.. Time.Select(value)]);

    private static LineChart Only(Curve curve, bool logarithmic = false) => new("One curve", "Abscissa", "Ordinate", [curve]) { LogarithmicX = logarithmic, LogarithmicY = logarithmic };

    private static string[] Texts(LineChart chart) => [.. XDocument.Parse(chart.ToSvg()).Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value)];

    /// <summary>The pixels of a drawing that meet a condition on their place and colour.</summary>
    private static int Count(LineChart chart, Func<int, int, SKColor, bool> condition)
    {
        using SKBitmap picture = SKBitmap.Decode(chart.ToPng());
        return Enumerable.Range(0, picture.Height).Sum(y => Enumerable.Range(0, picture.Width).Count(x => condition(x, y, picture.GetPixel(x, y))));
    }

    [Fact]
    public void Every_text_is_drawn_in_its_own_place_and_nowhere_else()
    {
        using SKBitmap picture = SKBitmap.Decode(Chart.ToPng());
        (picture.Width, picture.Height).Should().Be((1500, 1000));
        void Changes(LineChart changed, int left, int top, int right, int bottom)
        {
            Count(changed, (x, y, color) => color != picture.GetPixel(x, y)).Should().BePositive()
                .And.Be(Count(changed, (x, y, color) => color != picture.GetPixel(x, y) && x >= left && x < right && y >= top && y < bottom));
        }

        Changes(Chart with { Title = "Learning carves" }, 100, 0, 1500, 70);
        Changes(Chart with { XAxis = "Tide" }, 100, 930, 1500, 1000);
        Changes(Chart with { YAxis = "Lost" }, 0, 100, 60, 900);
        Changes(Chart with { Curves = [Chart.Curves[0] with { Name = "thirst" }, Chart.Curves[1]] }, 1100, 80, 1500, 130);
    }

    [Fact]
    public void The_SVG_file_holds_every_text_in_fonts_that_any_machine_has()
    {
        Texts(Chart).Should().Contain(["Learning curves", "Time", "Loss", "first", "second", "10⁴", "10⁻²", "5", "20"]);
        XElement root = XDocument.Parse(Chart.ToSvg()).Root!;
        foreach (XElement text in root.Descendants(root.Name.Namespace + "text"))
        {
            text.Attribute("font-family")!.Value.Should().StartWith("DejaVu Sans,").And.EndWith("sans-serif");
            text.Attribute("x")!.Value.Split(',').Should().HaveCount(text.Value.Length).And.OnlyContain(number => double.IsFinite(double.Parse(number, CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void A_long_text_is_broken_into_lines_that_hold_all_of_it()
    {
        string longName = string.Join(' ', Enumerable.Range(1000, 40));
        string[] lines = Texts(Only(new Curve(longName, [1], [1])) with { YAxis = longName });
        lines.Where(line => line.Length > 5).Select(line => line.Length).Max().Should().BeLessThan(longName.Length / 2);
        lines.SelectMany(line => line.Split(' ')).Count(word => word == "1039").Should().Be(2);
    }

    [Theory, InlineData(3), InlineData(20), InlineData(45)]
    public void However_many_curves_there_are_every_name_is_inside_the_picture(int curves)
    {
        LineChart chart = Chart with { Curves = [.. Enumerable.Range(0, curves).Select(i => Of($"curve {i}", t => Math.Exp(-t / (i + 1))))] };
        XElement[] names = [.. XDocument.Parse(chart.ToSvg()).Descendants().Where(element => element.Value.StartsWith("curve ", StringComparison.Ordinal) && element.Name.LocalName == "text")];
        names.Select(name => name.Value).Should().BeEquivalentTo(chart.Curves.Select(curve => curve.Name));
        foreach (XElement name in names)
        {
            double[] origin = [.. name.Attribute("transform")!.Value["translate(".Length..^1].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            double lastSign = double.Parse(name.Attribute("x")!.Value.Split(',')[^1], CultureInfo.InvariantCulture);
            (origin[0] + lastSign).Should().BeInRange(200, 742);
            origin[1].Should().BeInRange(0, 495);
        }
    }

    [Fact]
    public void Points_that_an_axis_cannot_show_leave_no_trace()
    {
        Curve clean = new("curve", [1, 2, 3], [5, 0.1, 7]);
        Curve spoilt = new("curve", [0, 1, 1.5, double.NaN, 2, -9, 2.5, 3, double.PositiveInfinity, 4], [9, 5, double.NaN, 6, 0.1, 3, double.PositiveInfinity, 7, 8, double.NegativeInfinity]);
        Curve withZero = new("curve", [1, 2, 2.5, 2.7, 3], [5, 0.1, 0, -1, 7]);
        Only(spoilt, logarithmic: true).ToPng().Should().Equal(Only(clean, logarithmic: true).ToPng());
        Only(withZero, logarithmic: true).ToSvg().Should().Be(Only(clean, logarithmic: true).ToSvg());
        Only(withZero).ToSvg().Should().NotBe(Only(clean).ToSvg(), "a linear axis shows what is not positive");
    }

    [Fact]
    public void The_same_data_give_the_same_files_in_every_culture()
    {
        (byte[] png, string svg) = (Chart.ToPng(), Chart.ToSvg());
        CultureInfo usual = CultureInfo.CurrentCulture, other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NumberDecimalSeparator = ",";
        other.NumberFormat.NegativeSign = "minus";
        try
        {
            CultureInfo.CurrentCulture = other;
            FormattableString number = $"{-1.5}";
            number.ToString(CultureInfo.CurrentCulture).Should().Be("minus1,5");
            Chart.ToPng().Should().Equal(png);
            Chart.ToSvg().Should().Be(svg);
        }
        finally
        {
            CultureInfo.CurrentCulture = usual;
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_constant_and_a_single_point_can_be_seen_and_an_empty_chart_has_names_and_a_legend(bool logarithmic)
    {
        int InkInTheFrame(Curve curve) => Count(Only(curve, logarithmic), (x, _, color) => x < 1200 && color is { Red: < 40, Blue: > 150 });
        InkInTheFrame(new Curve("curve", [1, 2], [3, 3])).Should().BeGreaterThan(1000);
        InkInTheFrame(new Curve("curve", [2], [3])).Should().BeInRange(50, 500);
        Curve nothing = new("curve", [double.NaN, 1], [1, double.NaN]);
        InkInTheFrame(nothing).Should().Be(0);
        Texts(Only(nothing, logarithmic)).Should().Contain(["One curve", "Abscissa", "Ordinate", "curve"]);
    }

    [Fact]
    public void The_largest_and_smallest_numbers_are_drawn_within_the_frame()
    {
        Curve extreme = new("curve", [double.Epsilon, 1, double.MaxValue], [double.MaxValue, 1, double.Epsilon]);
        Texts(Only(extreme, logarithmic: true)).Should().Contain("10⁻³⁰⁰").And.Contain("10³⁰⁰");
        Texts(Only(new Curve("curve", [-1e300, 1e300], [1e-320, 0]))).Should().Contain("−1.0×10³⁰⁰").And.Contain("0.0");
    }

    [Fact]
    public void Curves_differ_in_pattern_or_colour_and_a_dash_can_be_asked_for()
    {
        Enumerable.Range(0, 28).Select(i => (CurveStyle.Color(i), CurveStyle.Pattern(i, null).Name)).Should().OnlyHaveUniqueItems();
        Curve curve = Of("curve", Math.Sqrt);
        string solid = Only(curve).ToSvg(), dashed = Only(curve with { Dashed = true }).ToSvg();
        dashed.Should().NotBe(solid).And.Be(Only(curve with { Dashed = true }).ToSvg());
        Only(curve with { Dashed = false }).ToSvg().Should().Be(solid);
    }

    [Fact]
    public void The_font_comes_with_its_licence_and_has_every_sign_that_labels_need()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Fonts");
        File.ReadAllText(Path.Combine(folder, "LICENSE.txt")).Should().Contain("Permission is hereby granted");
        using SKTypeface font = SKTypeface.FromFile(Path.Combine(folder, "DejaVuSans.ttf"));
        font.ContainsGlyphs("−0123456789.×⁻⁰¹²³⁴⁵⁶⁷⁸⁹").Should().BeTrue();
        font.ContainsGlyphs("漢").Should().BeFalse();
    }

    [Fact]
    public void Saving_writes_both_files_and_nothing_else()
    {
        using var gnml = new CommandLine();
        Chart.Save(gnml.PathOf("curves"));
        Directory.GetFiles(gnml.Folder).Select(Path.GetFileName).Should().BeEquivalentTo("curves.png", "curves.svg");
        File.ReadAllBytes(gnml.PathOf("curves.png")).Should().Equal(Chart.ToPng());
        File.ReadAllText(gnml.PathOf("curves.svg")).Should().Be(Chart.ToSvg());
        FluentActions.Invoking(() => Chart.Save(gnml.PathOf("missing/curves"))).Should().Throw<UserError>();
    }

    [Fact]
    public void A_curve_has_as_many_ordinates_as_abscissas() =>
        FluentActions.Invoking(() => new Curve("curve", [1, 2], [1])).Should().Throw<ArgumentException>().WithMessage("*'curve'*2*1*");
}
