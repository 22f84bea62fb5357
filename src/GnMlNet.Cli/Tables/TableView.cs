using GnMlNet.Cli.Reading;
using GnMlNet.Preparation;

namespace GnMlNet.Cli.Tables;

/// <summary>A first look at a table: what is in its columns, what training would do with them, and what is worth a second look.</summary>
/// <param name="Profile">What is in the columns.</param>
/// <param name="Label">The column to predict; null where it is not known.</param>
/// <param name="Plans">What training would do with the others.</param>
/// <param name="Warnings">What is worth a second look.</param>
internal sealed record TableView(FileProfile Profile, string? Label, IReadOnlyList<ColumnPlan> Plans, IReadOnlyList<string> Warnings)
{
    /// <exception cref="UserError">The file has no rows or no such label, or a row is malformed.</exception>
    internal static TableView Of(TableFile file, string? label)
    {
        if (label is not null) file.IndexOf(label);
        file.ScanForCopies();
        FileProfile profile = FileProfile.Measure(file);
        return new TableView(profile, label, RegressionTable.PlanOf(profile, label, named: null, excluded: []).Columns, [.. TableWarnings.Of(profile, label)]);
    }

    /// <summary>What training would do with a column.</summary>
    internal string Action(ColumnProfile column) => column.Name == Label ? "label" : Plans.First(plan => plan.Source == column.Content).Action;
}
