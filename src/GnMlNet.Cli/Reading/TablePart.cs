namespace GnMlNet.Cli.Reading;

/// <summary>One of the files of a table, opened when it is needed.</summary>
/// <param name="name">What it is called.</param>
/// <param name="open">Opens it.</param>
internal sealed class TablePart(string name, Func<TableFile> open)
{
    private TableFile? _file;

    /// <summary>What it is called.</summary>
    internal string Name { get; } = name;

    /// <summary>The file.</summary>
    /// <exception cref="UserError">It cannot be opened, or is not what it should be.</exception>
    internal TableFile File => _file ??= open();

    /// <summary>How many rows it has; null before anybody has gone through it.</summary>
    internal int? RowCount { get; set; }
}
