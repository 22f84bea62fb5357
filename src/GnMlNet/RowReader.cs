using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace GnMlNet;

/// <summary>Reads the rows of a data view into the core's table, skipping those that cannot be trained on.</summary>
/// <param name="host">ML.NET.</param>
/// <param name="channel">Where warnings go.</param>
/// <param name="hiddenUnits">The least number of hidden units that will be trained on the rows, for a first look at the memory.</param>
/// <param name="memoryLimit">The bytes that training may ask for.</param>
internal sealed class RowReader(IHost host, IChannel channel, int hiddenUnits, long memoryLimit)
{
    // Rows between two looks at the memory limit and at cancellation.
    private const int CheckInterval = 4096;

    /// <summary>Reads all usable rows.</summary>
    /// <param name="data">The data view and the roles of its columns.</param>
    /// <param name="purpose">What the rows are for, in messages: training or validation.</param>
    /// <param name="groupColumn">The column of groups, or null.</param>
    /// <exception cref="InvalidOperationException">There is no usable row, or the table does not fit into the memory limit.</exception>
    internal RegressionData Read(RoleMappedData data, string purpose, string? groupColumn = null)
    {
        data.CheckRegressionLabel();
        data.CheckFeatureFloatVector(out int inputSize);
        data.CheckOptFloatWeight();
        var shape = new NetworkShape(inputSize, hiddenUnits);
        CheckMemory(shape, data.Data.GetRowCount() ?? 1);

        var table = new RegressionData(inputSize) { Categories = Categories(data.Schema) };
        var features = new float[inputSize];
        CursOpt columns = CursOpt.Features | CursOpt.Label | (data.Schema.Weight.HasValue ? CursOpt.Weight : 0);
        DataViewSchema.Column? group = groupColumn is null ? null : data.Schema.Schema[groupColumn];
        using FloatLabelCursor cursor = new FloatLabelCursor.Factory(data, columns).Create(null, group is null ? [] : [group.Value.Index]);
        GroupReader? groups = group is null ? null : GroupReader.Of(cursor.Row, group.Value);
        while (cursor.MoveNext())
        {
            cursor.Features.CopyTo(features);
            table.Add(features, cursor.Label, cursor.Weight, groups?.Read());
            if (table.RowCount % CheckInterval == 0)
            {
                host.CheckAlive();
                CheckMemory(shape, table.RowCount);
            }
        }

        Report(cursor, table.RowCount, purpose);
        return table;
    }

    /// <summary>The slots that ML.NET says are the indicators of one categorical column.</summary>
    private static CategoryRange[] Categories(RoleMappedSchema schema)
    {
        if (!AnnotationUtils.TryGetCategoricalFeatureIndices(schema.Schema, schema.Feature!.Value.Index, out int[] ends)) return [];
        return [.. ends.Chunk(2).Select(range => new CategoryRange(range[0], range[1]))];
    }

    private void CheckMemory(NetworkShape shape, long rowCount)
    {
        if (new MemoryRequirement(shape, rowCount).Refusal(memoryLimit) is { } refusal) throw MemoryAdvice.Except(host, new MemoryRefusedException(refusal));
    }

    private void Report(FloatLabelCursor cursor, int kept, string purpose)
    {
        string reasons = string.Join(
            ", ",
            new (long Count, string Reason)[]
            {
                (cursor.BadLabelCount, "with a missing or infinite label"),
                (cursor.BadWeightCount, "with a weight that is missing, infinite or not positive"),
                (cursor.BadFeaturesRowCount, "with a missing or infinite feature"),
            }.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Reason}"));
        if (kept == 0)
        {
            throw host.Except(reasons.Length == 0
                ? $"The {purpose} set has no rows."
                : $"The {purpose} set has no usable rows: {reasons}. Replace missing values first, for example with mlContext.Transforms.ReplaceMissingValues.");
        }

        if (cursor.SkippedRowCount > 0) channel.Warning($"Skipped {cursor.SkippedRowCount} of {cursor.SkippedRowCount + kept} {purpose} rows: {reasons}.");
    }
}
