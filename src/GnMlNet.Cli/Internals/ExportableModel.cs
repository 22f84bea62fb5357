using GnMlNet.Onnx;
using Microsoft.ML;

namespace GnMlNet.Cli.Internals;

/// <summary>A saved pipeline as an ONNX graph.</summary>
internal static class ExportableModel
{
    /// <summary>The columns that the graph makes.</summary>
    internal static IReadOnlyList<string> Outputs(GaussNewtonRegressionModelParameters model) => ScoreMapper.ColumnNames(model.Ensemble?.Intervals is not null);

    /// <summary>Writes the graph.</summary>
    /// <param name="context">ML.NET.</param>
    /// <param name="steps">The steps that predictions go through, the model last.</param>
    /// <param name="schema">What goes into the first.</param>
    /// <param name="outputs">The columns that are wanted.</param>
    /// <param name="target">Where it goes.</param>
    /// <exception cref="NotSupportedException">A step cannot be exported; the message names it.</exception>
    internal static void Write(MLContext context, IEnumerable<ITransformer> steps, DataViewSchema schema, IReadOnlyList<string> outputs, Stream target)
    {
        var pipeline = ExportablePipeline.Of(context, steps, schema, outputs);
        try
        {
            context.Model.ConvertToOnnx(pipeline.Steps, pipeline.Inputs, target, [.. outputs]);
        }
        catch (InvalidOperationException)
        {
            // The converter does not say which step left its columns out.
            IDataView data = pipeline.Inputs;
            foreach ((int index, ITransformer step) in pipeline.Steps.Index())
            {
                if (!IsConverted(context, step, data)) throw ExportablePipeline.Refusal(step, index);
                data = step.Transform(data);
            }

            throw;
        }
    }

    private static bool IsConverted(MLContext context, ITransformer step, IDataView data)
    {
        try
        {
            context.Model.ConvertToOnnx(step, data, Stream.Null);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
