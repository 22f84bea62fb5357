using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Tables;

/// <summary>The names that ML.NET keeps with the slots of a vector column.</summary>
internal static class FeatureNames
{
    /// <returns>The names in order; none where the pipeline does not tell.</returns>
    internal static IReadOnlyList<string> Of(DataViewSchema schema, string column)
    {
        if (schema.GetColumnOrNull(column) is not { } features || !features.HasSlotNames()) return [];
        VBuffer<ReadOnlyMemory<char>> names = default;
        features.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
