using GnMlNet.Cli.Reading;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Tables;

/// <summary>
/// California Housing (Pace and Barry 1997), the default table: one row a block group of the 1990 census, as raw integers in data/california_housing.csv.
/// The model takes these raw columns and derives the eight features that everybody uses:
/// <list type="table">
/// <item><term>MedInc</term><description>median_income, in 10,000 dollars</description></item>
/// <item><term>HouseAge</term><description>housing_median_age, in years</description></item>
/// <item><term>AveRooms</term><description>total_rooms / households</description></item>
/// <item><term>AveBedrms</term><description>total_bedrooms / households</description></item>
/// <item><term>Population</term><description>population</description></item>
/// <item><term>AveOccup</term><description>population / households</description></item>
/// <item><term>Latitude, Longitude</term><description>in degrees</description></item>
/// <item><term>MedHouseVal (label)</term><description>median_house_value / 100000: in 100,000 dollars</description></item>
/// </list>
/// </summary>
internal static class CaliforniaHousing
{
    internal const string Label = "MedHouseVal";

    internal static readonly IReadOnlyList<string> Features =
        ["MedInc", "HouseAge", "AveRooms", "AveBedrms", "Population", "AveOccup", "Latitude", "Longitude"];

    private static readonly string[] RawColumns =
    [
        "longitude", "latitude", "housing_median_age", "total_rooms", "total_bedrooms", "population", "households", "median_income", "median_house_value",
    ];

    /// <summary>The file that comes with the program.</summary>
    internal static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "data", "california_housing.csv");

    /// <summary>The table with the derivation as its preparation.</summary>
    internal static RegressionTable Table(MLContext context)
    {
        FileProfile profile = FileProfile.Measure(TableFile.Open(Path, ReadingSettings.Detect));
        NumberSource.Written Numbers(string name) => new(profile.File.IndexOf(name), profile.File.Missing, NumberNotation.Plain);
        return new RegressionTable(
            "California Housing, label in 100,000 dollars",
            profile,
            [.. RawColumns.Select(name => new FileColumn.Single(name, Numbers(name)))],
            Label,
            Label,
            Numbers("median_house_value"),
            1 / 100_000.0,
            Features,
            Derive(context).Append<ITransformer>(context.Transforms.Concatenate(RegressionTable.FeatureColumn, [.. Features])),
            []);
    }

    /// <summary>The named transform from raw census columns to the usual ones. The label's part is for training and testing only, so that predicting needs no label.</summary>
    private static EstimatorChain<ITransformer> Derive(MLContext context)
    {
        IEstimator<ITransformer> Ratio(string name, string numerator) => context.Transforms.Expression(name, "(a, b) => a / b", numerator, "households");
        IEstimator<ITransformer> Copy(string name, string source) => context.Transforms.CopyColumns(name, source);

        return new EstimatorChain<ITransformer>()
            .Append<ITransformer>(context.Transforms.Expression(Label, "value => value / 100000", "median_house_value"), TransformerScope.TrainTest)
            .Append(Copy("MedInc", "median_income"))
            .Append(Copy("HouseAge", "housing_median_age"))
            .Append(Ratio("AveRooms", "total_rooms"))
            .Append(Ratio("AveBedrms", "total_bedrooms"))
            .Append(Copy("Population", "population"))
            .Append(Ratio("AveOccup", "population"))
            .Append(Copy("Latitude", "latitude"))
            .Append(Copy("Longitude", "longitude"));
    }
}
