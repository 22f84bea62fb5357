using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;
using GnMlNet.Models;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace GnMlNet;

/// <summary>A trained model of a single network with other weights.</summary>
internal static class NetworkReplacement
{
    /// <summary>The transformer with other weights, its record of training continued by one iteration that led there.</summary>
    /// <param name="environment">ML.NET.</param>
    /// <param name="transformer">The transformer, of a single network that no flow trained.</param>
    /// <param name="inputSchema">What goes into it.</param>
    /// <param name="parameters">The weights, as many as it has.</param>
    /// <param name="last">What led to them.</param>
    /// <param name="termination">Why training ends there.</param>
    /// <exception cref="ArgumentException">It is no single network, or the weights are not those of such a one.</exception>
    internal static RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> In(
        IHostEnvironment environment,
        RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> transformer,
        DataViewSchema inputSchema,
        double[] parameters,
        TrainingIteration last,
        Termination termination)
    {
        if (transformer.Model.Trained is not SingleNetworkModel model || model is FlowModel) throw new ArgumentException("It is no model of a single network.", nameof(transformer));
        TrainingRecord training = model.Training with { Termination = termination, BestIteration = model.Training.History.Count, History = [.. model.Training.History, last] };
        var network = new Network(model.Network.Shape, model.Network.Activation, parameters);
        return Transformer(environment, new SingleNetworkModel(network, model.Bounds, training), inputSchema, transformer.FeatureColumnName);
    }

    /// <summary>The transformer of a model.</summary>
    /// <param name="environment">ML.NET.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">What goes into it.</param>
    /// <param name="featureColumn">The column of features.</param>
    internal static RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> Transformer(IHostEnvironment environment, TrainedModel model, DataViewSchema inputSchema, string featureColumn) =>
        new(environment, new GaussNewtonRegressionModelParameters(environment, model), inputSchema, featureColumn);
}
