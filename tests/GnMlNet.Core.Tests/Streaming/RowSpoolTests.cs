using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Streaming;

public class RowSpoolTests
{
    [Fact]
    public void The_rows_of_a_spool_are_those_that_were_added_in_memory_and_on_disk_and_as_often_as_wanted() =>
        Gen.Select(Gen.Int[0, 3000], Gen.Int[1, 5], Gen.Int, Gen.Bool, Gen.OneOfConst(1L, 200_000L, 1L << 40)).Sample(
            (rows, inputs, seed, hasGroups, memory) =>
            {
                var random = new Random(seed);
                var expected = new RegressionData(inputs);
                using var spool = new RowSpool(inputs, hasGroups, new RunOptions { MemoryLimit = memory });
                var features = new float[inputs];
                for (int j = 0; j < rows; j++)
                {
                    for (int k = 0; k < inputs; k++) features[k] = (float)Math.Pow(10, random.Next(-30, 30)) * random.NextSingle();
                    (double label, double weight) = (random.NextDouble(), 1 - random.NextDouble());
                    int? group = hasGroups && random.Next(3) > 0 ? random.Next(-5, 5) : null;
                    spool.Add(features, label, weight, group);
                    expected.Add(features, label, weight, group);
                }

                for (int time = 0; time < 2; time++)
                {
                    RegressionData table = spool.ToTable();
                    table.RowCount.Should().Be(rows);
                    table.Inputs().Should().Equal(expected.Inputs());
                    table.Labels().Should().Equal(expected.Labels());
                    table.Weights().Should().Equal(expected.Weights());
                    table.Groups().Should().Equal(expected.Groups());
                }

                if (memory == 1) spool.IsOnDisk.Should().Be(rows >= RowBlock.Capacity);
            },
            iter: 60);

    [Theory]
    [InlineData(float.NaN, 1, 1, "*Feature 1 of row 0*")]
    [InlineData(1, double.NegativeInfinity, 1, "*label of row 0*")]
    [InlineData(1, 1, 0, "*weight of row 0*")]
    public void A_number_that_cannot_be_used_is_refused_and_named(float feature, double label, double weight, string message)
    {
        using var spool = new RowSpool(2, hasGroups: false, new RunOptions());
        spool.Invoking(of => of.Add([0, feature], label, weight)).Should().Throw<ArgumentException>().WithMessage(message);
        spool.Invoking(of => of.Add([0], 1, 1)).Should().Throw<ArgumentException>().WithMessage("*has 2 features; this one has 1*");
        spool.Invoking(of => of.Add([0, 1], 1, 1, group: 3)).Should().Throw<ArgumentException>().WithMessage("*without groups*");
    }
}
