using CsCheck;
using GnMlNet.Core.Data;

namespace GnMlNet.Core.Tests.Data;

public class RegressionDataTests
{
    [Theory]
    [InlineData(double.NaN, 1, 1, "*Feature 0 of row 0*")]
    [InlineData(1, double.PositiveInfinity, 1, "*label of row 0*")]
    [InlineData(1, 1, 0, "*weight of row 0*")]
    [InlineData(1, 1, -2, "*weight of row 0*")]
    [InlineData(1, 1, double.NaN, "*weight of row 0*")]
    public void A_number_that_cannot_be_used_is_refused_and_named(double feature, double label, double weight, string message) =>
        new RegressionData(1).Invoking(data => data.Add([feature], label, weight)).Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public void A_split_keeps_every_row_once_and_depends_on_the_seed_alone() => Gen.Select(Gen.Int[2, 700], Gen.Int).Sample((rows, seed) =>
    {
        RegressionData data = Problems.NoisyTable(rows, 2, seed, weight: j => j + 1);
        int held = 1 + new Random(seed).Next(rows - 1);
        (RegressionData first, RegressionData second) = data.Split(held, new Random(seed));
        second.RowCount.Should().Be(held);
        Problems.Rows(first).Concat(Problems.Rows(second)).Select(row => row.Weight).Order().Should().Equal(Enumerable.Range(1, rows).Select(w => (double)w));
        Problems.Rows(data.Split(held, new Random(seed)).Second).Select(row => row.Weight).Should().Equal(Problems.Rows(second).Select(row => row.Weight));
    });
}
