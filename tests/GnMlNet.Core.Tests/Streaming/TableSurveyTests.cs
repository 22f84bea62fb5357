using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Core.Tests.Streaming;

public class TableSurveyTests
{
    [Fact]
    public void Scales_of_a_pass_are_those_of_the_table_in_memory_whatever_the_units() =>
        Gen.Select(Gen.Int[1, 1500], Gen.Int, Gen.Double[-9, 9], Gen.Double[-1e6, 1e6]).Sample((rows, seed, logUnit, shift) =>
        {
            double unit = Math.Pow(10, logUnit);
            var random = new Random(seed);
            var data = new RegressionData(3);
            for (int j = 0; j < rows; j++) data.Add([unit * (random.NextDouble() + shift), 7.0, random.NextDouble()], random.NextDouble() - shift, 0.1 + random.NextDouble());
            Standardization expected = Standardization.Measure(data), found = TableSurvey.Of(new TableSource(data), rows, 1, default).Units;
            foreach ((ColumnScale one, ColumnScale other) in expected.Features.Append(expected.Label).Zip(found.Features.Append(found.Label)))
            {
                double size = Math.Max(Math.Abs(one.Mean), one.Deviation);
                other.Mean.Should().BeApproximately(one.Mean, 1e-12 * size);
                other.Deviation.Should().BeApproximately(one.Deviation, (1e-9 * one.Deviation) + (1e-14 * size));
            }
        });

    [Fact]
    public void A_sample_has_about_as_many_rows_as_were_asked_for_and_all_where_there_are_no_more()
    {
        RegressionData data = Problems.NoisyTable(4000, 2, 1, weight: j => j + 1);
        TableSurvey.Of(new TableSource(data), 4000, 1, default).Sample.Weights().Should().Equal(data.Weights());
        TableSurvey survey = TableSurvey.Of(new TableSource(data), 1000, 1, default);
        survey.Sample.RowCount.Should().BeInRange(850, 1150);
        survey.Sample.Weights().Should().Equal(survey.SampleNumbers.Select(number => number + 1.0), "a row's weight tells its number here");
        TableSurvey.Of(new TableSource(data), 1000, 2, default).SampleNumbers.Should().NotEqual(survey.SampleNumbers, "another seed draws another sample");
    }
}
