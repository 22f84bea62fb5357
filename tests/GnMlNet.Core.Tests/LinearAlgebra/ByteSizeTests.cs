using System.Globalization;
using CsCheck;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public class ByteSizeTests
{
    private static readonly Dictionary<string, double> s_units = new() { ["KiB"] = Math.Pow(1024, 1), ["MiB"] = Math.Pow(1024, 2), ["GiB"] = Math.Pow(1024, 3), ["TiB"] = Math.Pow(1024, 4) };

    [Fact]
    public void What_is_said_to_be_needed_suffices_and_what_is_said_to_be_there_is_there() => Gen.Double[0, 60].Sample(exponent =>
    {
        double bytes = Math.Pow(2, exponent), needed = Read(ByteSize.Needed(bytes)), allowed = Read(ByteSize.Allowed(bytes));
        needed.Should().BeGreaterThanOrEqualTo(bytes).And.BeLessThanOrEqualTo((bytes * 1.1) + 103);
        allowed.Should().BeLessThanOrEqualTo(bytes).And.BeGreaterThanOrEqualTo((bytes / 1.1) - 103);
    });

    [Theory, InlineData(1024, "1.0 KiB"), InlineData(1 << 20, "1.0 MiB"), InlineData(1 << 30, "1.0 GiB")]
    public void A_power_of_1024_is_said_exactly(double bytes, string text) => (ByteSize.Needed(bytes), ByteSize.Allowed(bytes)).Should().Be((text, text));

    private static double Read(string text) => double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture) * s_units[text.Split(' ')[1]];
}
