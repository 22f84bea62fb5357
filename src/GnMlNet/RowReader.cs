using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;
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

    /// <summary>Goes through all usable rows, which are read anew whenever they are needed.</summary>
    /// <param name="data">The data view and the roles of its columns.</param>
    /// <param name="groupColumn">The column of groups, or null.</param>
    /// <exception cref="InvalidOperationException">There is no usable row.</exception>
    internal RereadRows Stream(RoleMappedData data, string? groupColumn)
    {
        NetworkShape shape = ShapeOf(data);
        ViewCursor? last = null;
        var rows = new RereadRows(shape.InputSize, groupColumn is not null, () => last = new ViewCursor(data, shape.InputSize, groupColumn, CheckAliveAnd(_ => { }))) { Categories = Categories(data.Schema) };
        Report(last!.Rows, last.Count, "training");
        return rows;
    }

    /// <summary>Rows that were read, in memory.</summary>
    /// <exception cref="InvalidOperationException">They do not fit into the memory limit.</exception>
    internal RegressionData ToTable(TrainingRows rows)
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
        using var rows = new ViewCursor(data, inputSize, groupColumn, CheckAliveAnd(check));
        while (rows.MoveNext()) add(rows.Features, (float)rows.Label, (float)rows.Weight, rows.Group);
        Report(rows.Rows, rows.Count, purpose);
    }

    private Action<long> CheckAliveAnd(Action<long> check) => rows =>
    {
        host.CheckAlive();
        check(rows);
    };

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
