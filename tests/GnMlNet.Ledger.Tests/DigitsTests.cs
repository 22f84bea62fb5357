using GnMlNet.Balls;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Reports;

namespace GnMlNet.Ledger.Tests;

public class DigitsTests
{
    [Theory]
    [InlineData("1.23456", "1.235")]
    [InlineData("-0.00123456", "-0.001235")]
    [InlineData("98765.4", "98770")]
    [InlineData("42", "42.00")]
    [InlineData("0.0000123456", "1235e-8")]
    public void Certain_digits_are_shown(string number, string shown) => Digits.Of(Real.Parse(number, 128)).Should().Be(shown);

    [Fact]
    public void Digits_that_are_not_certain_are_not_shown()
    {
        Digits.Of(new Real(new Ball(Dyadic.One, Magnitude.PowerOfTwo(-5)), 64)).Should().Contain("+/-");
        Digits.Of(Real.Indeterminate).Should().Be("not enclosed");
    }
}
