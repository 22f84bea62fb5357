using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Preparation;

/// <summary>The names that ML.NET keeps with the features in a vector column.</summary>
public static class FeatureSlots
{
    /// <summary>The names in the order of the slots; none where there is no such column or the pipeline does not tell.</summary>
    /// <param name="schema">The columns of a data view.</param>
    /// <param name="column">The name of the vector column.</param>
    public static IReadOnlyList<string> NamesOf(DataViewSchema schema, string column) => schema?.GetColumnOrNull(column) is { } features ? NamesOf(features) : [];

    /// <summary>The names in the order of the slots; none where the pipeline does not tell.</summary>
    /// <param name="column">The vector column.</param>
    public static IReadOnlyList<string> NamesOf(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames()) return [];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
