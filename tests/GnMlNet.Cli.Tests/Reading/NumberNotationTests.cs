using CsCheck;
using GnMlNet.Cli.Reading;

namespace GnMlNet.Cli.Tests.Reading;

public class NumberNotationTests
{
    private static NumberNotation NotationOf(params string[] cells)
    {
        var votes = new NumberVotes();
        foreach (string cell in cells) votes.Add(cell).Should().BeTrue(cell);
        return votes.Choose(votes.SettledMark());
    }

    private static double[] Read(params string[] cells)
    {
        NumberNotation notation = NotationOf(cells);
        return [.. cells.Select(cell => notation.TryParse(cell, out double value) ? value : throw new InvalidOperationException(cell))];
    }

    [Fact]
    public void Every_number_written_in_a_notation_is_read_back_exactly() => Gen.Select(Gen.Double[-1e12, 1e12], Gen.Int[0, 9], Gen.Bool, Gen.Int[0, 3]).Sample((value, digits, isComma, kind) =>
    {
        char point = isComma ? ',' : '.';
        char? group = kind switch { 0 => null, 1 => isComma ? '.' : ',', 2 => ' ', _ => '\'' };
        double rounded = double.Parse(value.ToString("F" + digits, Invariant), Invariant);
        var format = new System.Globalization.NumberFormatInfo { NumberDecimalSeparator = point.ToString(), NumberGroupSeparator = group?.ToString() ?? "" };
        string cell = rounded.ToString("N" + digits, format);
        new NumberNotation(point, group).TryParse(cell, out double read).Should().BeTrue(cell);
        read.Should().Be(rounded);
    });

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;

    [Fact]
    public void The_rest_of_a_column_settles_what_a_comma_is()
    {
        Read("1,234", "12,5").Should().Equal(1.234, 12.5);
        Read("1,234", "1,234,567").Should().Equal(1234, 1234567);
        Read("1,234", "0,125").Should().Equal(1.234, 0.125);
        Read("1.234,5", "7").Should().Equal(1234.5, 7);
        Read("1 234,5", "12 000").Should().Equal(1234.5, 12000);
        Read("1'234.5", "7").Should().Equal(1234.5, 7);
        Read("1.234", "5.678").Should().Equal(1.234, 5.678);
    }

    [Fact]
    public void A_cell_that_is_a_number_either_way_is_reported_and_unsettled()
    {
        var votes = new NumberVotes();
        foreach (string cell in new[] { "900", "1,234", "5,000" }) votes.Add(cell);
        (votes.SettledMark(), votes.Either).Should().Be(((char?)null, "1,234"));
        votes.Choose('.').Should().Be(new NumberNotation('.', ','));
        votes.Choose(',').Should().Be(new NumberNotation(','));
    }

    [Fact]
    public void Signs_exponents_currencies_percents_and_parentheses_are_read() =>
        Read("+1.5", "-2", "−3", "(4.25)", "1.5D+01", "2d-1", "3E2", "$5.50", "-$6", "$ -7", "8 €").Should().Equal(1.5, -2, -3, -4.25, 15, 0.2, 300, 5.5, -6, -7, 8);

    [Fact]
    public void Percent_signs_are_all_there_or_none()
    {
        Read("5%", "12.5 %").Should().Equal(5, 12.5);
        NotationOf("5%", "6%", "7").TryParse("7", out _).Should().BeFalse();
        NotationOf("5", "6", "7%").TryParse("7%", out _).Should().BeFalse();
    }

    [Theory, InlineData("1,23,4"), InlineData("12a"), InlineData("e5"), InlineData("1e"), InlineData("--1"), InlineData("1.2.3"), InlineData("$"), InlineData("%"), InlineData("5%%"), InlineData("1 2")]
    public void What_is_no_number_is_none(string cell) => new NumberVotes().Add(cell).Should().BeFalse();
}
