using System.CommandLine;
using GnMlNet.Cli.CrossChecking;
using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using GnMlNet.Cli.Reading;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Limits;
using GnMlNet.Ledger.Reports;
using GnMlNet.Ledger.Verdicts;
using GnMlNet.Reference.Audits;
using GnMlNet.Reference.Traces;
using Spectre.Console;
using Statements = GnMlNet.Ledger.Ledger;

namespace GnMlNet.Cli.Auditing;

/// <summary><c>gnml audit</c>: decides the statements of the paper and their repaired forms on concrete networks.</summary>
internal static class AuditCommand
{
    internal static Command Create(IAnsiConsole console, TextWriter output)
    {
        var statements = new Option<string[]>("--statement") { Description = "Only the statement with this label, such as \"Theorem 1\"; may be given several times.", AllowMultipleArgumentsPerToken = true };
        var full = new Option<bool>("--full") { Description = "All instances and long trajectories; takes up to an hour." };
        Option<string> folder = SharedOptions.Folder("audit");
        var json = new Option<bool>("--json") { Description = "Write the certificates as JSON to the standard output, too." };
        var model = new Option<string?>("--model") { Description = "Instead of the statements: which theorem covers this model that 'gnml train' wrote, and what is certified of it." };
        var data = new Option<string?>("--data") { Description = "With --model: the rows. Without it, California Housing." };
        Option<int> rows = Ranges.Integer("--rows", "With --model: no more than so many rows, drawn at random.", 1000, 1);
        var command = new Command("audit", "Decide every statement of the paper, with certificates: ledger.json, ledger.md, rates.md, report.html, and how wide layers tend to a kernel block: kernel-limit.csv, .png and .svg.") { statements, full, folder, json, model, data, rows };
        var reading = new ReadingOptions();
        reading.AddTo(command);
        Rules.Add(command, result =>
        {
            bool hasModel = result.GetValue(model) is not null;
            if (!hasModel && reading.All.FirstOrDefault(option => Rules.IsGiven(result, option)) is { } ofFile) result.AddError($"{ofFile.Name} needs --model and its --data.");
            if (!hasModel && result.GetValue(data) is not null) result.AddError("--data needs --model: which model is it for?");
            if (hasModel && (result.GetValue(full) || result.GetValue(json) || result.GetValue(statements) is { Length: > 0 })) result.AddError("--model is about a model, not the statements; leave out --statement, --full and --json.");
        });
        command.SetAction(parsed => parsed.GetValue(model) is { } path
            ? AuditModel(console, path, parsed.GetValue(data), reading.Read(parsed), parsed.GetValue(rows))
            : Run(console, output, parsed.GetValue(statements) ?? [], parsed.GetValue(full) ? Scope.Full : Scope.Quick, parsed.GetValue(folder)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(IAnsiConsole console, TextWriter output, string[] labels, Scope scope, string folder, bool json)
    {
        Statement[] chosen = Chosen(labels);
        var files = new OutputFolder(folder);
        using var interrupts = new Interrupts();
        bool isWhole = labels.Length == 0;
        string rates = "";
        IReadOnlyList<KernelLimitPoint> limits = [];
        Entry[] Work(Action<double> advance)
        {
            var decided = new Entry[chosen.Length];
            // The repaired theorems, which come last, take longest: they are begun first.
            IEnumerable<Action> statements = Enumerable.Range(0, chosen.Length).Reverse().Select(index => (Action)(() =>
            {
                decided[index] = chosen[index].Decide(scope);
                advance(1.0 / chosen.Length);
            }));
            IEnumerable<Action> tables = isWhole ? [() => rates = RateTable.Markdown(), () => limits = KernelLimits(interrupts)] : [];
            // Statements wait for settings that they share: more of them than processors.
            ParallelWork.Run(tables.Concat(statements), 2 * Environment.ProcessorCount, interrupts.Stop);
            return decided;
        }

        Entry[] entries = json ? Work(_ => { }) : Bar.Run(console, "Deciding statements", Work);
        string certificates = LedgerFile.Write(entries, scope);
        files.Write("ledger.json", certificates);
        files.Write("ledger.md", LedgerTable.Markdown(entries));
        if (isWhole)
        {
            files.Write("rates.md", rates);
            files.Write("kernel-limit.csv", KernelLimitTable.Csv(limits));
            KernelLimitChart.Of(limits).Save(files.At("kernel-limit"));
        }

        files.Write("report.html", AuditPage.ToHtml(entries));
        if (json) output.Write(certificates);
        else AuditSummary.Write(console, entries, scope, folder);
        return entries.All(entry => entry.Departure(countsUndecided: scope == Scope.Quick) is null) ? ExitCode.Success : ExitCode.Failure;
    }

    private static List<KernelLimitPoint> KernelLimits(Interrupts interrupts)
    {
        List<KernelLimitPoint> points = [];
        foreach (HiddenLaw law in Enum.GetValues<HiddenLaw>())
        {
            foreach (int seed in KernelLimit.Seeds)
            {
                interrupts.Stop.ThrowIfCancellationRequested();
                points.AddRange(KernelLimit.Of(law, seed));
            }
        }

        return points;
    }

    private static int AuditModel(IAnsiConsole console, string path, string? data, ReadingSettings reading, int rows)
    {
        var onRows = ModelOnRows.Read(path, data is null ? [] : [data], reading, rows);
        IReadOnlyList<RunToCheck> networks = ModelRun.Of(onRows);
        if (networks.Count == 0) console.WriteLine($"{onRows.Name} has no networks to audit: its kernel block has all the weight. 'gnml crosscheck --model' certifies the block.");
        foreach (RunToCheck run in networks)
        {
            RecordedRun model = run.Record();
            ModelAudit audit = Bar.Run(console, $"Certifying {run.Name}", _ => ModelAudit.Of(model));
            foreach (string line in ModelAuditSummary.Lines(run.Name, audit)) console.WriteLine(line);
        }

        return ExitCode.Success;
    }

    private static Statement[] Chosen(string[] labels)
    {
        if (labels.Length == 0) return [.. Statements.Statements];
        string[] unknown = [.. labels.Except(Statements.Statements.Select(statement => statement.Text.Label))];
        if (unknown.Length > 0) throw new UserError($"There is no statement '{unknown[0]}'; there are: {string.Join(", ", Statements.Statements.Select(statement => statement.Text.Label))}.");
        return [.. Statements.Statements.Where(statement => labels.Contains(statement.Text.Label))];
    }
}
