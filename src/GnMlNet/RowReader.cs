using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Streaming;
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

    private delegate void RowSink(ReadOnlySpan<float> features, float label, float weight, int? group);

    /// <summary>Reads all usable rows into memory.</summary>
    /// <param name="data">The data view and the roles of its columns.</param>
    /// <param name="purpose">What the rows are for, in messages: training or validation.</param>
    /// <param name="groupColumn">The column of groups, or null.</param>
    /// <exception cref="InvalidOperationException">There is no usable row, or the table does not fit into the memory limit.</exception>
    internal RegressionData Read(RoleMappedData data, string purpose, string? groupColumn = null)
    {
        NetworkShape shape = ShapeOf(data);
        CheckMemory(shape, data.Data.GetRowCount() ?? 1);
        var table = new RegressionData(shape.InputSize) { Categories = Categories(data.Schema) };
        ReadRows(data, purpose, groupColumn, shape.InputSize, (features, label, weight, group) => table.Add(features, label, weight, group), rows => CheckMemory(shape, rows));
        return table;
    }

    /// <summary>Reads all usable rows once, into a temporary file where they do not fit into memory.</summary>
    /// <param name="data">The data view and the roles of its columns.</param>
    /// <param name="run">Memory limit and folder for temporary files.</param>
    /// <param name="groupColumn">The column of groups, or null.</param>
    /// <exception cref="InvalidOperationException">There is no usable row, or rows can be written nowhere.</exception>
    internal RowSpool Spool(RoleMappedData data, RunOptions run, string? groupColumn)
    {
        NetworkShape shape = ShapeOf(data);
        var spool = new RowSpool(shape.InputSize, groupColumn is not null, run) { Categories = Categories(data.Schema) };
        try
        {
            ReadRows(data, "training", groupColumn, shape.InputSize, (features, label, weight, group) => spool.Add(features, label, weight, group), _ => { });
            return spool;
        }
        catch (TemporaryFileException error)
        {
            spool.Dispose();
            throw host.Except(error, error.Message);
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    /// <summary>Rows that were read, in memory.</summary>
    /// <exception cref="InvalidOperationException">They do not fit into the memory limit.</exception>
    internal RegressionData ToTable(RowSpool rows)
    {
        CheckMemory(new NetworkShape(rows.InputSize, hiddenUnits), rows.RowCount);
        return rows.ToTable();
    }

    private NetworkShape ShapeOf(RoleMappedData data)
    {
        data.CheckRegressionLabel();
        data.CheckFeatureFloatVector(out int inputSize);
        data.CheckOptFloatWeight();
        return new NetworkShape(inputSize, hiddenUnits);
    }

    private void ReadRows(RoleMappedData data, string purpose, string? groupColumn, int inputSize, RowSink add, Action<long> check)
    {
        var features = new float[inputSize];
        CursOpt columns = CursOpt.Features | CursOpt.Label | (data.Schema.Weight.HasValue ? CursOpt.Weight : 0);
        DataViewSchema.Column? group = groupColumn is null ? null : data.Schema.Schema[groupColumn];
        using FloatLabelCursor cursor = new FloatLabelCursor.Factory(data, columns).Create(null, group is null ? [] : [group.Value.Index]);
        GroupReader? groups = group is null ? null : GroupReader.Of(cursor.Row, group.Value);
        long count = 0;
        while (cursor.MoveNext())
        {
            cursor.Features.CopyTo(features);
            add(features, cursor.Label, cursor.Weight, groups?.Read());
            if (++count % CheckInterval != 0) continue;
            host.CheckAlive();
            check(count);
        }

        Report(cursor, count, purpose);
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

    private void Report(FloatLabelCursor cursor, long kept, string purpose)
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
