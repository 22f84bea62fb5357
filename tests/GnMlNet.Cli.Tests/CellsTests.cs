using System.Globalization;
using GnMlNet.Cli.Output;

namespace GnMlNet.Cli.Tests;

public class CellsTests
{
    [Theory]
    [InlineData(0.41029, "0.4103")]
    [InlineData(3.83, "3.830")]
    [InlineData(-121.55, "-121.5")]
    [InlineData(1.234e-9, "1.234e-09")]
    [InlineData(0.00012345, "0.0001234")]
    [InlineData(0.000099999, "0.0001000")]
    [InlineData(9.99996, "10.00")]
    [InlineData(41030, "41030")]
    [InlineData(2.5e12, "2.500e+12")]
    [InlineData(0, "0")]
    [InlineData(double.NaN, "-")]
    [InlineData(double.PositiveInfinity, "∞")]
    public void A_number_is_written_with_four_significant_digits(double number, string text) => Cells.Significant(number).Should().Be(text);

    [Fact]
    public void What_is_written_is_the_number_to_half_a_unit_of_the_fourth_digit()
    {
        var random = new Random(3);
        for (int k = 0; k < 2000; k++)
        {
            double number = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 20));
            double read = double.Parse(Cells.Significant(number), CultureInfo.InvariantCulture);
            Math.Abs(read - number).Should().BeLessThan(0.5001e-3 * Math.Abs(number));
        }
    }

    [Theory]
    [InlineData(0.87864, "0.8786")]
    [InlineData(0.99999, "0.99999")]
    [InlineData(0.99995, "0.99995")]
    [InlineData(0.999999999, "0.999999999")]
    [InlineData(1.0, "1")]
    [InlineData(-0.68391, "-0.6839")]
    [InlineData(-395853.3349, "-395853")]
    [InlineData(null, "-")]
    public void A_determination_is_one_only_where_nothing_is_missing(double? number, string text) => Cells.Determination(number).Should().Be(text);

    [Fact]
    public void The_double_next_to_one_is_not_one() => Cells.Determination(Math.BitDecrement(1)).Should().StartWith("0.999");
}
