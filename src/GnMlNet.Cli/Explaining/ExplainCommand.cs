using System.CommandLine;
using System.Globalization;
using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using GnMlNet.Core.Insight;
using Spectre.Console;

namespace GnMlNet.Cli.Explaining;

/// <summary><c>gnml explain</c>: what a saved model's predictions depend on, and how; and the smallest change of a row that brings its prediction to a target.</summary>
internal static class ExplainCommand
{
    internal static Command Create(IAnsiConsole console, TextWriter output, TextWriter errors)
    {
        EffectOptions defaults = new();
        Argument<string> model = SharedOptions.Model();
        var data = new Option<string>("--data") { Description = "A CSV or Parquet file with rows like those that the model was trained on, or - for the standard input; the label is not needed.", Required = true };
        Option<string[]> columns = Names("--columns", "The columns whose effects are wanted, separated by commas. Without it, all that the model depends on.");
        Option<int> rows = Ranges.Integer("--rows", "Rows that curves are means over, at most; of more, as many that are spread evenly over them. The work grows with its square.", defaults.Rows, 2);
        Option<int> pairs = Ranges.Integer("--pairs", "For how many pairs of columns, the strongest, a chart is made.", defaults.Pairs, 0);
        var target = new Option<WhatIfTarget?>("--target")
        {
            Description = "What the prediction of a row is to become: a value such as 40, or a range such as 40..50, 40.. or ..50. The smallest change that does it is looked for.",
            CustomParser = result => Parse(result.Tokens.Single().Value) ?? Refused(result),
        };
        Option<int?> row = Ranges.OptionalInteger("--row", "A row whose prediction and slopes are wanted, and which --target changes; 1 is the first.", 1);
        Option<string[]> change = Names("--change", "With --target: the columns that may change, separated by commas; numbers that the model takes as they are.");
        var page = new Option<string>("--out") { Description = "Where to write the page, one HTML file; - is standard output.", DefaultValueFactory = _ => "explain.html" };
        var csv = new Option<string?>("--csv") { Description = "Also write the curves as CSV files into this folder; made if it is not there." };
        Option<int> threads = SharedOptions.Threads();
        Option<bool> json = SharedOptions.Json("what was found");
        var command = new Command("explain", "Show what a saved model's predictions depend on, and what would have to change for another prediction.") { model, data, columns, rows, pairs, target, row, change, page, csv, threads, json };
        var reading = new ReadingOptions();
        reading.AddTo(command);
        Rules.Add(command, result =>
        {
            bool isAsked = Rules.IsGiven(result, target);
            if (isAsked && !(Rules.IsGiven(result, row) && Rules.IsGiven(result, change))) result.AddError("--target needs --row and --change: which row is to change, and in which columns?");
            if (!isAsked && Rules.IsGiven(result, change)) result.AddError("--change needs --target: what is the prediction to become?");
        });
        command.SetAction(parsed => Run(
            console,
            output,
            errors,
            new ExplainSettings(
                parsed.GetValue(model)!,
                parsed.GetValue(data)!,
                reading.Read(parsed),
                parsed.GetValue(columns)!,
                parsed.GetValue(rows),
                parsed.GetValue(pairs),
                parsed.GetValue(threads),
                parsed.GetValue(row),
                parsed.GetValue(target) is { } aim ? new AskedChange(aim, parsed.GetValue(change)!) : null),
            parsed.GetValue(page)!,
            parsed.GetValue(csv),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(IAnsiConsole console, TextWriter output, TextWriter errors, ExplainSettings settings, string pagePath, string? folderPath, bool json)
    {
        using var page = new OutputFile(pagePath);
        if (page.IsStandardOutput)
        {
            if (json) throw new UserError("--json and --out both write to standard output; give --out a file.");
            console = ErrorConsole.Of(errors, console);
        }

        OutputFolder? folder = folderPath is null ? null : new OutputFolder(folderPath, "--csv");
        using var interrupts = new Interrupts();
        using var memory = new MemoryKeeper();
        var job = new ExplainJob(settings);
        ExplainResult result = json ? job.Run(null, interrupts.Stop) : Bar.Run(console, "Predicting changed rows", advance =>
        {
            double done = 0;
            return job.Run(new Listener<double>(share => advance(-done + (done = share))), interrupts.Stop);
        });
        if (folder is not null) ExplainCsv.Write(folder, result);
        page.WriteText(writer => writer.Write(ExplainPage.ToHtml(result)));
        if (json)
        {
            Json.Write(output, ExplainSummary.ToJson(result));
            return ExitCode.Success;
        }

        ExplainSummary.Write(console, result);
        console.WriteLine($"Page written to {page.Name}");
        return ExitCode.Success;
    }

    private static Option<string[]> Names(string name, string description) => new(name) { Description = description, AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };

    private static WhatIfTarget? Parse(string text)
    {
        double? Number(string part, double empty) => part.Length == 0 ? empty : double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return text.Length > 0 && Number(text, 0) is { } value ? WhatIfTarget.Value(value) : null;
        return text.Length > 2 && Number(text[..dots], double.NegativeInfinity) is { } least && Number(text[(dots + 2)..], double.PositiveInfinity) is { } greatest && least <= greatest ? new WhatIfTarget(least, greatest) : null;
    }

    private static WhatIfTarget? Refused(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"--target must be a number, or a range such as 40..50, 40.. or ..50; '{result.Tokens.Single().Value}' is not.");
        return null;
    }
}
