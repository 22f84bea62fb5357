using System.Globalization;
using System.Text.Json;

namespace GnMlNet.Cli.Tests;

/// <summary>Tables as people have them: what training makes of their columns.</summary>
public sealed class RealTableTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    private string Model => _gnml.PathOf("m.zip");

    private CommandLine.Outcome Train(string table, string label, params string[] more) =>
        CommandLine.Succeed(["train", "--data", table, "--label", label, "--no-baselines", "--ensemble", "2", "--hidden", "4", "--iterations", "8", "--out", Model, .. more]);

    private string[] Scores(string table, params string[] more) =>
        [.. CommandLine.Succeed(["predict", Model, "--data", table, .. more]).Output.TrimEnd().Split('\n').Skip(1).Select(line => line.Trim().Split(',')[^3])];

    private static string Numbers(Func<int, string> line, int rows = 60) => string.Concat(Enumerable.Range(0, rows).Select(j => line(j) + "\n"));

    private static string Y(int j) => CommandLine.Text(Math.Sin(j * 0.7) + (0.01 * j));

    private static string X(int j) => CommandLine.Text(Math.Round(Math.Cos(j * 1.3), 3));

    [Fact]
    public void The_same_numbers_give_the_same_model_however_they_are_written()
    {
        string plain = _gnml.Write("plain.csv", "a,b,y\n" + Numbers(j => $"{X(j)},{j % 7}.5,{Y(j)}"));
        string Comma(string cell) => cell.Replace('.', ',');
        string[] others =
        [
            _gnml.Write("german.csv", "a;b;y;\n" + Numbers(j => $"{Comma(X(j))};{j % 7},5;{Comma(Y(j))};")),
            _gnml.Write("index.csv", ",a,b,y\n" + Numbers(j => $"{j},{X(j)},{j % 7}.5,{Y(j)}")),
            _gnml.Write("money.csv", "a,b,y\n" + Numbers(j => $"{X(j)},$ {j % 7}.50,{Y(j)}")),
            _gnml.Write("units.csv", "Test 5\na,b,y\nm,kN,\n" + Numbers(j => $"{X(j)},{j % 7}.5,{Y(j)}")),
            _gnml.Write("fortran.dat", "  a b y\n" + Numbers(j => $"  {X(j)}   {j % 7}.5D0  {Y(j)}")),
        ];
        Train(plain, "y");
        string[] scores = Scores(plain);
        foreach (string other in others)
        {
            Scores(other).Should().Equal(scores, other);
            Train(other, "y");
            Scores(plain).Should().Equal(scores, other);
        }
    }

    [Fact]
    public void A_column_of_numbers_never_becomes_categories_because_of_marks_of_missing_values()
    {
        foreach (string mark in new[] { "-", "?", "NA", "N/A", "#N/A", "None", "null", ".", "NaN", "" })
        {
            string table = _gnml.Write("t.csv", "a,b,y\n" + Numbers(j => $"{(j % 5 == 0 ? mark : $"{j % 6 * 10}")},{X(j)},{Y(j)}"));
            Train(table, "y").Console.Should().Contain("Column 'a': 12 missing values were replaced by the mean").And.NotContain("one-hot");
        }

        string own = _gnml.Write("t.csv", "a,b,y\n" + Numbers(j => $"{(j % 5 == 0 ? "n.d." : $"{j % 6 * 10}")},{X(j)},{Y(j)}"));
        CommandLine.Fail("train", "--data", own, "--label", "y", "--out", Model).Should().Contain("line 2, column 'a': 'n.d.' is not a number").And.Contain("--missing");
        Train(own, "y", "--missing", "n.d.").Console.Should().Contain("12 missing values");
        Train(own, "y", "--categories", "a").Console.Should().Contain("'a' is text with 7 distinct values");
        Train(own, "y", "--exclude", "a").Console.Should().NotContain("'a'");
    }

    [Fact]
    public void A_number_with_a_comma_that_can_be_either_is_announced_or_refused_with_the_option()
    {
        string table = _gnml.Write("t.csv", "a;y\n" + Numbers(j => $"{1 + (j % 9)},{100 + j};{j}"));
        CommandLine.Fail("train", "--data", table, "--label", "y", "--out", Model).Should().Contain("column 'a'").And.Contain("--decimal");
        Train(table, "y", "--decimal", ",").Console.Should().Contain("'1,100' was read as 1.1");
        Train(table, "y", "--decimal", ".").Console.Should().Contain("'1,100' was read as 1100");
        string settled = _gnml.Write("t.csv", "a;y\n" + Numbers(j => $"{1 + (j % 9)},{100 + j};{j}.5"));
        Train(settled, "y").Console.Should().Contain("'1,100' was read as 1100; --decimal , reads it the other way");
    }

    [Fact]
    public void Dates_become_days_hours_and_weekdays_and_the_model_takes_the_dates()
    {
        DateTime start = new(2024, 2, 1);
        string Table(string name, string format) => _gnml.Write(name, "when;y\n" + Numbers(j => $"{start.AddHours(j * 31).ToString(format, CultureInfo.InvariantCulture)};{j % 11}"));
        string iso = Table("iso.csv", "yyyy-MM-dd HH:mm");
        Train(iso, "y").Console.Should().Contain("'when.days', 'when.hour', 'when.weekday'");
        string[] scores = Scores(iso);
        foreach (string format in new[] { "dd.MM.yyyy HH:mm", "dd/MM/yyyy H:mm", "MM/dd/yyyy h:mm tt", "yyyy-MM-ddTHH:mm:ssZ", "d MMM yyyy HH:mm" })
            Scores(Table("other.csv", format)).Should().Equal(scores, format);

        string either = _gnml.Write("either.csv", "when;y\n" + Numbers(j => $"0{1 + (j % 9)}/0{1 + (j % 7)}/2024;{j}"));
        CommandLine.Fail("train", "--data", either, "--label", "y", "--out", Model).Should().Contain("column 'when'").And.Contain("--date-order");
        Train(either, "y", "--date-order", "day-first").Console.Should().Contain("'when.days'");
        string mixed = _gnml.Write("mixed.csv", "when;x;y\n" + Numbers(j => $"{(j % 2 == 0 ? $"2024-01-{1 + (j % 28):00}" : $"on day {j}")};{j % 5};{j}", rows: 300));
        CommandLine.Fail("train", "--data", mixed, "--label", "y", "--out", Model).Should().Contain("'when'").And.Contain("dates").And.Contain("--exclude");
    }

    [Theory, InlineData("Score"), InlineData("Lower"), InlineData("Upper"), InlineData("StandardDeviation"), InlineData("Features"), InlineData("Label")]
    public void A_label_or_a_feature_of_any_name_gives_the_same_figures_and_predict_keeps_all_columns(string name)
    {
        string Table(string feature, string label) => _gnml.Write("t.csv", $"a,{feature},{label}\n" + Numbers(j => $"{X(j)},{j % 7},{Y(j)}"));
        string Errors(string table, string label)
        {
            Train(table, label, "--json");
            return CommandLine.Succeed("evaluate", Model, "--data", table, "--json").Json.GetProperty("errors").GetRawText();
        }

        string plain = Errors(Table("b", "y"), "y");
        string[] scores = Scores(_gnml.PathOf("t.csv"));
        Errors(Table("b", name), name).Should().Be(plain);
        CommandLine.Outcome predicted = CommandLine.Succeed("predict", Model, "--data", _gnml.PathOf("t.csv"));
        string[] header = predicted.Output.Split('\n')[0].Trim().Split(',');
        header.Should().StartWith(["a", "b", name]).And.OnlyHaveUniqueItems().And.HaveCount(6);
        if (name is "Score" or "Lower" or "Upper") predicted.Errors.Should().Contain($"'{name} (predicted)'");
        Scores(_gnml.PathOf("t.csv")).Should().Equal(scores);
        CommandLine.Succeed("train", "--data", _gnml.PathOf("t.csv"), "--label", name, "--no-baselines", "--ensemble", "2", "--iterations", "3", "--out", Model, "--report", _gnml.PathOf("r.html")).Console.Should().Contain($"label '{name}'");

        Errors(Table(name, "y"), "y").Should().Be(plain);
        Scores(_gnml.PathOf("t.csv")).Should().Equal(scores);
    }

    [Fact]
    public void Groups_of_rows_are_not_cut_and_the_model_does_not_need_them()
    {
        string table = _gnml.Write("t.csv", "specimen,a,b,y\n" + Numbers(j => $"{(j < 100 ? j / 5 : "NA")},{X(j)},{j % 7},{CommandLine.Text(Math.Sin(j * 0.7) + (j / 5 % 4))}", rows: 110));
        JsonElement report = Train(table, "y", "--group", "specimen", "--json").Json;
        report.GetProperty("features").EnumerateArray().Select(name => name.GetString()).Should().Equal("a", "b");
        report.GetProperty("testRows").GetInt32().Should().BeInRange(18, 26);
        CommandLine.Succeed("info", Model).Console.Should().NotContain("specimen");
        string without = _gnml.Write("new.csv", "a,b,y\n0.5,3,1\n");
        CommandLine.Succeed("predict", Model, "--data", without);
        CommandLine.Succeed("evaluate", Model, "--data", table);
        // Whatever marks a missing group, each such row is one of its own, in the split and in the trainer.
        string[] scores = Scores(without);
        foreach (string mark in new[] { "", "?", "null" })
        {
            Train(_gnml.Write("marked.csv", File.ReadAllText(table).Replace("NA,", mark + ",", StringComparison.Ordinal)), "y", "--group", "specimen");
            Scores(without).Should().Equal(scores, mark);
        }

        Train(table, "y", "--group", "specimen", "--features", "a,specimen", "--json").Json.GetProperty("features").EnumerateArray().Select(name => name.GetString()).Should().Equal("a", "specimen");
        CommandLine.Fail("train", "--data", table, "--label", "y", "--group", "sample", "--out", Model).Should().Contain("no column 'sample'");
        string one = _gnml.Write("one.csv", "g,a,y\n" + Numbers(j => $"same,{X(j)},{Y(j)}"));
        CommandLine.Fail("train", "--data", one, "--label", "y", "--group", "g", "--out", Model).Should().Contain("one group");
    }

    [Fact]
    public void Names_with_commas_can_be_chosen_and_left_out()
    {
        string table = _gnml.Write("t.csv", "\"Price, USD\",b,c,y\n" + Numbers(j => $"{X(j)},{j % 7},{j % 3},{Y(j)}"));
        string[] Features(params string[] options) => [.. Train(table, "y", ["--json", .. options]).Json.GetProperty("features").EnumerateArray().Select(name => name.GetString()!)];
        Features("--features", "Price, USD").Should().Equal("Price, USD");
        Features("--features", "c,Price, USD").Should().Equal("c", "Price, USD");
        Features("--features", "b", "Price, USD").Should().Equal("b", "Price, USD");
        Features("--exclude", "Price, USD,c").Should().Equal("b");
    }

    [Fact]
    public void Distinct_numbers_that_single_precision_would_merge_stay_apart()
    {
        string Table(string name, double offset) => _gnml.Write(name, "t,y\n" + Numbers(j => $"{(offset + j).ToString("F0", CultureInfo.InvariantCulture)},{Y(j)}"));
        string far = Table("far.csv", 1.7e9), near = Table("near.csv", -30);
        Train(far, "y").Console.Should().Contain("was subtracted before rounding");
        string[] scores = Scores(far);
        scores.Distinct().Should().HaveCountGreaterThan(50);
        Train(near, "y");
        // The same offset from the middle, so the same features.
        Scores(near).Zip(scores).Should().OnlyContain(pair => Math.Abs(double.Parse(pair.First, CultureInfo.InvariantCulture) - double.Parse(pair.Second, CultureInfo.InvariantCulture)) < 0.05);
    }

    [Fact]
    public void Labels_that_single_precision_merges_are_named_and_their_errors_are_those_of_the_file()
    {
        string table = _gnml.Write("t.csv", "x,y\n" + Numbers(j => $"{X(j)},{(1e9 + Math.Sin(j)).ToString("F4", CultureInfo.InvariantCulture)}"));
        CommandLine.Outcome trained = Train(table, "y", "--json");
        trained.Json.GetProperty("notes").EnumerateArray().Should().Contain(note => note.GetString()!.Contains("single precision"));
        double spread = Math.Sqrt(Enumerable.Range(0, 60).Select(j => Math.Sin(j)).ToArray() is var sines ? sines.Average(sine => Math.Pow(sine - sines.Average(), 2)) : 0);
        JsonElement errors = CommandLine.Succeed("evaluate", Model, "--data", table, "--json").Json.GetProperty("errors");
        errors.GetProperty("rootMeanSquaredError").GetDouble().Should().BeGreaterThan(spread / 2);
        errors.GetProperty("rSquared").GetDouble().Should().BeLessThan(0.5);
    }

    [Fact]
    public void A_first_look_tells_types_ranges_and_what_is_worth_a_second_look()
    {
        string table = _gnml.Write("t.csv", "id,when,a,same,constant,kind,epoch,note,y\n" + Numbers(j => $"{j + 1},2024-01-{1 + (j % 28):00},{(j % 9 == 0 ? "NA" : X(j))},{(j % 9 == 0 ? "NA" : X(j))},7,{(j % 2 == 0 ? "u" : "v")},{1700000000 + j},text {j} {new string('x', j)},{Y(j)}", rows: 200) + "1,2024-01-01,NA,NA,7,u,1700000000,text 0 ,0\n");
        JsonElement look = CommandLine.Succeed("info", table, "--label", "y", "--json").Json;
        look.GetProperty("rows").GetInt32().Should().Be(201);
        Dictionary<string, JsonElement> columns = look.GetProperty("columns").EnumerateArray().ToDictionary(column => column.GetProperty("name").GetString()!);
        columns.ToDictionary(at => at.Key, at => at.Value.GetProperty("type").GetString()).Should().BeEquivalentTo(new Dictionary<string, string?>
        {
            ["id"] = "number",
            ["when"] = "date",
            ["a"] = "number",
            ["same"] = "number",
            ["constant"] = "number",
            ["kind"] = "text",
            ["epoch"] = "number",
            ["note"] = "text",
            ["y"] = "number",
        });
        columns["a"].GetProperty("missing").GetInt32().Should().Be(24);
        columns["kind"].GetProperty("distinct").GetInt32().Should().Be(2);
        (columns["epoch"].GetProperty("least").GetDouble(), columns["epoch"].GetProperty("greatest").GetDouble()).Should().Be((1700000000, 1700000199));
        columns["y"].GetProperty("training").GetString().Should().Be("label");
        string[] warnings = [.. look.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)];
        warnings.Should().Contain(warning => warning.Contains("'constant' is constant")).And.Contain(warning => warning.Contains("'same' is the same as 'a'"))
            .And.Contain(warning => warning.Contains("'epoch'") && warning.Contains("single precision"));
        look.GetProperty("refusals").EnumerateArray().Should().ContainSingle().Which.GetString().Should().Contain("'note'");
        CommandLine.Outcome shown = CommandLine.Succeed("info", table);
        shown.Console.Should().Contain("201 rows").And.Contain("2024-01-01 to 2024-01-28").And.Contain("Warning: ").And.Contain("gnml train");

        string copies = _gnml.Write("copies.csv", "id,y\n1,5\n2,6\n3,7\n4,8\n4,8\n");
        CommandLine.Succeed("info", copies).Console.Should().Contain("1 of 5 rows are copies");
        CommandLine.Succeed("info", _gnml.Write("index.csv", "id,y\n1,5\n2,6\n3,7\n4,8\n")).Console.Should().Contain("'id' counts the rows");
    }
}
