using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Tests;

public class DatasetTests
{
    [Fact]
    public void California_Housing_is_derived_from_the_raw_integers_by_the_documented_formulas()
    {
        var context = new MLContext();
        RegressionTable table = CaliforniaHousing.Table(context);
        var raw = new FileDataView(table.Profile.File, table.Columns);
        IDataView derived = table.Preparation.Fit(raw).Transform(raw, TransformerScope.Everything);
        float[] Column(IDataView data, string name) => [.. data.GetColumn<float>(name)];

        float[] households = Column(raw, "households");
        households.Should().HaveCount(20640);
        void Ratio(string name, string numerator) => Column(derived, name).Should().Equal(Column(raw, numerator).Zip(households, (a, b) => a / b));
        Ratio("AveRooms", "total_rooms");
        Ratio("AveBedrms", "total_bedrooms");
        Ratio("AveOccup", "population");
        Column(derived, "MedHouseVal").Should().Equal(Column(raw, "median_house_value").Select(value => value / 100000));
        Column(derived, "MedInc").Should().Equal(Column(raw, "median_income"));
        float[][] features = [.. derived.GetColumn<float[]>("Features")];
        foreach ((string name, int k) in CaliforniaHousing.Features.Select((name, k) => (name, k)))
            features.Select(row => row[k]).Should().Equal(Column(derived, name));
        Column(derived, "MedHouseVal").Count(value => value == 5.00001f).Should().Be(965);
    }

    [Fact]
    public void The_model_of_the_default_job_needs_no_label_to_predict()
    {
        using var gnml = new CommandLine();
        string model = gnml.PathOf("m.zip");
        CommandLine.Succeed("train", "--iterations", "3", "--hidden", "3", "--kernel", "none", "--no-baselines", "--out", model);
        string[] raw = [.. File.ReadLines(CaliforniaHousing.Path).Take(4)];
        string withLabel = gnml.Write("with.csv", string.Join('\n', raw));
        string without = gnml.Write("without.csv", string.Join('\n', raw.Select(line => line[..line.LastIndexOf(',')])));
        IEnumerable<string> Scores(string table) => CommandLine.Succeed("predict", model, "--data", table).Output.TrimEnd().Split('\n').Select(line => line[(line.LastIndexOf(',') + 1)..]);
        Scores(without).Should().Equal(Scores(withLabel)).And.HaveCount(4);
        CommandLine.Succeed("evaluate", model).Console.Should().Contain("20640");
    }

    [Fact]
    public void Friedmans_problems_have_their_documented_best_R2()
    {
        static double BestR2(IEnumerable<Friedman.Row> rows, Func<double[], double> signal)
        {
            Friedman.Row[] all = [.. rows];
            double mean = all.Average(row => row.Label);
            double noise = all.Average(row => Math.Pow(row.Label - signal(row.Features), 2));
            return 1 - (noise / all.Average(row => Math.Pow(row.Label - mean, 2)));
        }

        BestR2(Friedman.First(100_000, 1), x => (10 * Math.Sin(Math.PI * x[0] * x[1])) + (20 * (x[2] - 0.5) * (x[2] - 0.5)) + (10 * x[3]) + (5 * x[4]))
            .Should().BeApproximately(0.960, 0.002);
        BestR2(Friedman.Second(100_000, 1), x => Math.Sqrt((x[0] * x[0]) + Math.Pow((x[1] * x[2]) - (1 / (x[1] * x[3])), 2)))
            .Should().BeApproximately(0.902, 0.003);
    }

    [Fact]
    public void The_same_seed_writes_the_same_rows_to_a_file_or_to_the_output()
    {
        using var gnml = new CommandLine();
        string first = CommandLine.Succeed("data", "friedman1", "--rows", "20", "--seed", "3").Output;
        first.TrimEnd().Split('\n').Should().HaveCount(21);
        CommandLine.Succeed("data", "friedman1", "--rows", "20", "--seed", "3", "--out", gnml.PathOf("f.csv"));
        File.ReadAllText(gnml.PathOf("f.csv")).Should().Be(first);
        CommandLine.Succeed("data", "friedman1", "--rows", "20", "--seed", "3", "--out", gnml.PathOf("f.parquet"));
        TableFile file = TableFile.Open(gnml.PathOf("f.parquet"), ReadingSettings.Detect);
        using (TableFile.Reader reader = file.Read())
        {
            foreach (string line in first.TrimEnd().Split('\n').Select(line => line.TrimEnd('\r')).Skip(1))
            {
                reader.MoveNext().Should().BeTrue();
                file.Header.Select((_, k) => reader[k]).Should().Equal(line.Split(','));
            }

            reader.MoveNext().Should().BeFalse();
        }

        CommandLine.Succeed("data", "friedman1", "--rows", "20", "--seed", "4").Output.Should().NotBe(first);
        CommandLine.Succeed("data", "friedman2", "--rows", "20").Output.Should().StartWith("x1,x2,x3,x4,y");
    }
}
