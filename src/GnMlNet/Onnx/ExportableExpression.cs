using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Transforms;

namespace GnMlNet.Onnx;

/// <summary>An expression step of a pipeline that knows how to export itself to ONNX, as ML.NET's own does not; the same step in everything else.</summary>
internal sealed class ExportableExpression : ITransformer
{
    private readonly ITransformer _step;
    private readonly ExpressionTransformer.ColumnInfo[] _columns;

    internal ExportableExpression(ExpressionTransformer step) => (_step, _columns) = (step, Columns(step));

    /// <summary>What the step computes, as its author wrote it.</summary>
    internal string Text => string.Join(", ", _columns.Select(column => column.Expression));

    bool ITransformer.IsRowToRowMapper => _step.IsRowToRowMapper;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _step.GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => new Applied((IDataTransform)_step.Transform(input), Bind(input.Schema));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => _step.GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => _step.Save(ctx);

    [System.Runtime.CompilerServices.UnsafeAccessor(System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = "_columns")]
    private static extern ref ExpressionTransformer.ColumnInfo[] Columns(ExpressionTransformer step);

    /// <summary>The expressions with their parameters' types.</summary>
    private (ExpressionTransformer.ColumnInfo Column, LambdaNode Lambda)[] Bind(DataViewSchema schema)
    {
        LambdaNode Parse(ExpressionTransformer.ColumnInfo column)
        {
            DataViewType[] types = [.. column.InputColumnNames.Select(name => schema[name].Type is VectorDataViewType vector ? vector.ItemType : schema[name].Type)];
            return ExpressionEstimator.ParseAndBindLambda(new MLContext(), column.Expression, column.VectorInputColumn, types, out _);
        }

        return [.. _columns.Select(column => (column, Parse(column)))];
    }

    /// <summary>The step applied to data.</summary>
    private sealed class Applied(IDataTransform data, (ExpressionTransformer.ColumnInfo Column, LambdaNode Lambda)[] columns) : ITransformCanSaveOnnx
    {
        public DataViewSchema Schema => data.Schema;

        public IDataView Source => data.Source;

        public bool CanShuffle => data.CanShuffle;

        public long? GetRowCount() => data.GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => data.GetRowCursor(columnsNeeded, rand);

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => data.GetRowCursorSet(columnsNeeded, n, rand);

        void ICanSaveModel.Save(ModelSaveContext ctx) => data.Save(ctx);

        // A vector behind other inputs would change the order of the parameters.
        public bool CanSaveOnnx(OnnxContext? ctx) => columns.All(at => at.Column.VectorInputColumn <= 0 && ExpressionGraph.IsArithmetic(at.Lambda.Expr));

        public void SaveAsOnnx(OnnxContext ctx)
        {
            var graph = new OnnxGraph(ctx, ExpressionTransformer.LoaderSignature);
            // All of them read what was there before the step.
            OnnxTensor[] values = [.. columns.Select(at => new ExpressionGraph(graph, [.. at.Column.InputColumnNames.Select(graph.Column)]).Value(at.Lambda.Expr))];
            for (int k = 0; k < values.Length; k++)
            {
                DataViewType type = Schema[columns[k].Column.OutputColumnName].Type;
                graph.Return(values[k], ctx.AddIntermediateVariable(type, columns[k].Column.OutputColumnName), (type as VectorDataViewType)?.ItemType.RawType ?? type.RawType);
            }
        }
    }
}
