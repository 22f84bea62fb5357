// The price of a flat from its area, age and district, with missing numbers and texts: from data to a saved model that another program uses.
//   dotnet run --project samples/ConsolePipeline -c Release
using ConsolePipeline;
using Microsoft.ML;

var mlContext = new MLContext(seed: 1);
IDataView data = mlContext.Data.LoadFromEnumerable(Flat.Draw(600, seed: 1));
var split = mlContext.Data.TrainTestSplit(data, testFraction: 0.25, seed: 1);

var featurization = mlContext.Transforms.Categorical.OneHotEncoding(nameof(Flat.District))
    .Append(mlContext.Transforms.ReplaceMissingValues(nameof(Flat.Area)))
    .Append(mlContext.Transforms.Concatenate("Features", nameof(Flat.Area), nameof(Flat.Age), nameof(Flat.District)));
var pipeline = featurization.Append(mlContext.Regression.Trainers.GaussNewtonRegression(labelColumnName: nameof(Flat.Price)));
var rival = featurization.Append(mlContext.Regression.Trainers.Sdca(labelColumnName: nameof(Flat.Price)));

var model = pipeline.Fit(split.TrainSet);
double Error(ITransformer trained) => mlContext.Regression.Evaluate(trained.Transform(split.TestSet), labelColumnName: nameof(Flat.Price)).RootMeanSquaredError;
Console.WriteLine($"error on new flats: {Error(model):F1}, of a linear model {Error(rival.Fit(split.TrainSet)):F1}, in thousands");

Valuation[] valued = [.. mlContext.Data.CreateEnumerable<Valuation>(model.Transform(split.TestSet), reuseRowObject: false)];
Console.WriteLine($"{valued.Average(flat => flat.Lower <= flat.Price && flat.Price <= flat.Upper ? 1.0 : 0.0):P0} of their prices lie in the interval");

foreach ((string feature, var rise) in mlContext.Regression.PermutationFeatureImportance(model, model.Transform(split.TestSet), labelColumnName: nameof(Flat.Price)).OrderByDescending(pair => pair.Value.RootMeanSquaredError.Mean))
    Console.WriteLine($"without {feature}: {rise.RootMeanSquaredError.Mean:F1} more");

string file = Path.Combine(Path.GetTempPath(), $"flats-{Environment.ProcessId}.zip");
mlContext.Model.Save(model, data.Schema, file);
var engine = new MLContext().Model.CreatePredictionEngine<Flat, Valuation>(new MLContext().Model.Load(file, out _));
Valuation at = engine.Predict(new Flat { Area = 80, Age = 10, District = "centre" });
Console.WriteLine($"80 square metres in the centre, ten years old: {at.Score:F0}, between {at.Lower:F0} and {at.Upper:F0}");
File.Delete(file);
