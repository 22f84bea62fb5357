namespace GnMlNet.Core.Insight;

/// <summary>A column of the rows that a model is explained on.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Levels">The names of its levels, which have no order; null for a column of numbers.</param>
public sealed record ExplainedColumn(string Name, IReadOnlyList<string>? Levels = null)
{
    /// <summary>Whether it holds numbers.</summary>
    public bool IsNumeric => Levels is null;
}
