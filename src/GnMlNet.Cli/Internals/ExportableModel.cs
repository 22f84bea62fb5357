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
    /// <exception cref="UserError">A step cannot be exported, or the converter refuses.</exception>
    internal static void Write(MLContext context, IEnumerable<ITransformer> steps, DataViewSchema schema, IReadOnlyList<string> outputs, Stream target)
    {
        try
        {
            var pipeline = ExportablePipeline.Of(context, steps, schema, outputs);
            context.Model.ConvertToOnnx(pipeline.Steps, pipeline.Inputs, target, [.. outputs]);
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new UserError($"The model cannot be exported: {error.GetBaseException().Message}");
        }
    }
}
