using GnMlNet.Cli.Output;
using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;
using GnMlNet.Preparation;
using Spectre.Console;

namespace GnMlNet.Cli.Inspecting;

/// <summary>A first look at a table, for people at a terminal and for programs.</summary>
internal static class TableSummary
{
    private const int ShownLevels = 3;

    internal static object ToJson(TableView view) => new
    {
        data = view.Profile.File.Path,
        rows = view.Profile.RowCount,
        delimiter = view.Profile.File.Delimiter?.ToString(),
        view.Label,
        columns = view.Profile.Columns.Select(column => new
        {
            column.Name,
            type = TypeName(column),
            column.Content.Missing,
            column.Content.Distinct,
            least = double.IsNaN(column.Content.Least) ? (double?)null : column.Content.Least,
            greatest = double.IsNaN(column.Content.Greatest) ? (double?)null : column.Content.Greatest,
            faults = column.Faults,
            training = view.Action(column),
        }),
        notes = view.Profile.Notes,
        view.Warnings,
        refusals = Refusals(view),
    };

    internal static void Write(IAnsiConsole console, TableView view)
    {
        Table table = Cells.Table(["Column", "Type"], ["Missing", "Distinct"]);
        table.AddColumn("Range").AddColumn("In training");
        foreach (ColumnProfile column in view.Profile.Columns)
        {
            table.AddRow(
                Markup.Escape(column.Name),
                TypeName(column),
                column.Content.Missing == 0 ? "-" : Invariant($"{column.Content.Missing}"),
                column.Content.Distinct >= ColumnSummary.MostDistinct ? Invariant($"over {ColumnSummary.MostDistinct}") : Invariant($"{column.Content.Distinct}"),
                Markup.Escape(Range(column)),
                Markup.Escape(view.Action(column)));
        }

        console.Write(table.Caption(Markup.Escape(Invariant($"{Path.GetFileName(view.Profile.File.Path)}: {view.Profile.RowCount} rows, {view.Profile.File.Layout}"))));
        foreach (string note in view.Profile.Notes) console.WriteLine($"Note: {note}");
        foreach (string refusal in Refusals(view)) console.WriteLine($"Training would refuse {refusal}");
        foreach (string warning in view.Warnings) console.WriteLine($"Warning: {warning}");
        if (view.Label is null) console.WriteLine($"To train: gnml train --data {view.Profile.File.Path} --label COLUMN");
    }

    private static IEnumerable<string> Refusals(TableView view) => view.Plans.Select(plan => plan.Refusal).OfType<string>();

    private static string TypeName(ColumnProfile column) => column.Notation switch
    {
        ColumnNotation.Empty => "empty",
        ColumnNotation.Numbers => "number",
        ColumnNotation.Dates { Notation.HasDate: false } => "time",
        ColumnNotation.Dates => "date",
        ColumnNotation.Undecided => "undecided",
        ColumnNotation.NoCells none => none.Content,
        _ => "text",
    };

    private static string Range(ColumnProfile column) => column.Notation switch
    {
        ColumnNotation.Numbers when column.Content.Distinct > 0 => Invariant($"{column.Content.Least:G6} to {column.Content.Greatest:G6}"),
        ColumnNotation.Dates { Notation.HasDate: true, Parts: [DatePart.Days, ..] } => Invariant($"{DateTime.UnixEpoch.AddDays(column.Content.Least):yyyy-MM-dd} to {DateTime.UnixEpoch.AddDays(column.Content.Greatest):yyyy-MM-dd}"),
        ColumnNotation.Texts => string.Join(", ", column.Content.Levels.Order(StringComparer.Ordinal).Take(ShownLevels)) + (column.Content.Distinct > ShownLevels ? ", ..." : ""),
        _ => "",
    };
}
