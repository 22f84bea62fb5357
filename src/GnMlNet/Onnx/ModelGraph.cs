using GnMlNet.Models;
using Microsoft.ML.Model.OnnxConverter;

namespace GnMlNet.Onnx;

/// <summary>A model in the ONNX graph that ML.NET's converter is making.</summary>
internal static class ModelGraph
{
    /// <summary>Adds the model.</summary>
    /// <param name="context">The converter's graph.</param>
    /// <param name="model">The model.</param>
    /// <param name="featureColumn">The column of features that it reads.</param>
    /// <param name="outputs">The names of the columns that it makes: the score and, for a model with intervals, their lower and upper ends and the deviation.</param>
    /// <param name="signature">What ML.NET calls the model.</param>
    internal static void Write(OnnxContext context, TrainedModel model, string featureColumn, string[] outputs, string signature)
    {
        context.CheckOpSetVersion(OnnxGraph.OperatorSet, signature);
        var graph = new OnnxGraph(context, signature);
        OnnxTensor features = graph.Column(featureColumn).As(typeof(double));
        OnnxTensor[] columns = model switch
        {
            EnsembleModel { Ensemble: var ensemble } => new EnsembleGraph(ensemble).Columns(features),
            SingleNetworkModel single => [NetworkGraph.Value(single.Network, features).Within(single.Bounds.Lower, single.Bounds.Upper)],
            _ => throw new NotSupportedException($"A model of the kind {model.GetType().Name} cannot be exported to ONNX."),
        };
        // 0, or not a number where a feature is missing or infinite: activations and cut-off maps would give such a row a number.
        OnnxTensor unknown = (features - features).Sum();
        foreach ((OnnxTensor column, string name) in columns.Zip(outputs)) graph.Return(column + unknown, name, typeof(float));
    }
}
