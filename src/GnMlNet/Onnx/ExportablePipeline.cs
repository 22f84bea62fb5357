using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace GnMlNet.Onnx;

/// <summary>A pipeline as ML.NET's converter can export the whole of it, with the columns that it is to take.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Inputs">Data without rows, whose columns become the inputs of the graph: those that the predictions depend on, where the steps can do without the others.</param>
internal sealed record ExportablePipeline(TransformerChain<ITransformer> Steps, IDataView Inputs)
{
    /// <summary>Makes the steps of a pipeline exportable.</summary>
    /// <param name="environment">ML.NET.</param>
    /// <param name="steps">The steps in order, the model last.</param>
    /// <param name="schema">What goes into the first.</param>
    /// <param name="outputs">The columns that are wanted.</param>
    /// <exception cref="NotSupportedException">A step cannot be exported; the message names it.</exception>
    internal static ExportablePipeline Of(IHostEnvironment environment, IEnumerable<ITransformer> steps, DataViewSchema schema, IReadOnlyList<string> outputs)
    {
        ITransformer[] exportable = [.. steps.Select(step => step is ExpressionTransformer expression ? new ExportableExpression(expression) : step)];
        Check(environment, exportable, schema);
        var chain = new TransformerChain<ITransformer>(exportable);
        return new ExportablePipeline(chain, new EmptyDataView(environment, Needed(chain, schema, outputs)));
    }

    // The converter would leave out what comes before a step that it cannot export, and take the step's inputs for its outputs where both have the same name.
    private static void Check(IHostEnvironment environment, ITransformer[] steps, DataViewSchema schema)
    {
        IDataView data = new EmptyDataView(environment, schema);
        for (int k = 0; k < steps.Length; k++)
        {
            IDataView made = steps[k].Transform(data);
            // A step may consist of several transforms.
            for (IDataView at = made; at != data; at = ((IDataTransform)at).Source)
            {
                if (at is not ITransformCanSaveOnnx transform || !transform.CanSaveOnnx(null))
                    throw Refusal(steps[k], k);
            }

            data = made;
        }
    }

    private static DataViewSchema Needed(TransformerChain<ITransformer> chain, DataViewSchema schema, IReadOnlyList<string> outputs)
    {
        DataViewSchema made = chain.GetOutputSchema(schema);
        HashSet<string> needed = [.. ((ITransformer)chain).GetRowToRowMapper(schema).GetDependencies(outputs.Select(name => made[name])).Select(column => column.Name)];
        var builder = new DataViewSchema.Builder();
        foreach (DataViewSchema.Column column in schema.Where(column => needed.Contains(column.Name))) builder.AddColumn(column.Name, column.Type, column.Annotations);
        DataViewSchema only = builder.ToSchema();
        try
        {
            chain.GetOutputSchema(only);
            return only;
        }
        catch (ArgumentOutOfRangeException)
        {
            // A step wants a column that nobody needs.
            return schema;
        }
    }

    /// <summary>What is said of a step that cannot be exported.</summary>
    /// <param name="step">The step.</param>
    /// <param name="index">Its place, counted from 0.</param>
    internal static NotSupportedException Refusal(ITransformer step, int index)
    {
        string name = step is ExportableExpression expression ? $"the expression '{expression.Text}'" : step.GetType().Name;
        return new NotSupportedException($"Step {index + 1} of the pipeline, {name}, cannot be exported to ONNX. Train with a pipeline of steps that can: docs/onnx.md names them.");
    }
}
