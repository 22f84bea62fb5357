using GnMlNet;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Puts the Gauss-Newton trainer beside ML.NET's own regression trainers.</summary>
public static class GaussNewtonRegressionCatalog
{
    /// <summary>
    /// Creates a <see cref="GaussNewtonRegressionTrainer"/>, which predicts a target with a neural network of one hidden layer trained by Gauss-Newton.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.Regression.Trainers</c>.</param>
    /// <param name="labelColumnName">The name of the label column. Its type must be <see cref="float"/>.</param>
    /// <param name="featureColumnName">The name of the feature column. Its type must be a known-size vector of <see cref="float"/>.</param>
    /// <param name="exampleWeightColumnName">The name of the example weight column (<see cref="float"/>, optional).</param>
    /// <param name="numberOfHiddenUnits">The number of hidden units, at least 1; null for a number that depends on the rows.</param>
    /// <param name="l2Regularization">A fixed penalty on squared weights (biases excepted), in units of standardized features and label, at least 0; null for the default.</param>
    /// <param name="maximumNumberOfIterations">The greatest number of Gauss-Newton iterations, at least 0; null for the default.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public static GaussNewtonRegressionTrainer GaussNewtonRegression(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int? numberOfHiddenUnits = null,
        double? l2Regularization = null,
        int? maximumNumberOfIterations = null) =>
        catalog.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            NumberOfHiddenUnits = numberOfHiddenUnits,
            L2Regularization = l2Regularization,
            MaximumNumberOfIterations = maximumNumberOfIterations,
        });

    /// <summary>
    /// Creates a <see cref="GaussNewtonRegressionTrainer"/> with advanced options.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.Regression.Trainers</c>.</param>
    /// <param name="options">The trainer's options.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public static GaussNewtonRegressionTrainer GaussNewtonRegression(this RegressionCatalog.RegressionTrainers catalog, GaussNewtonRegressionTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new GaussNewtonRegressionTrainer(CatalogUtils.GetEnvironment(catalog), options);
    }
}
