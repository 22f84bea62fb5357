using GnMlNet.Core.Kernels;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Tests;

public sealed class LargeTableTests : IDisposable
{
    // From 65,536 rows on training passes over them; they take more than what is left of a limit that is hardly enough for the rest.
    private const int Many = 66_000;
    private const int Width = 60;

    private readonly string _folder = Directory.CreateTempSubdirectory("gnmlnet").FullName;
    private readonly MLContext _context = new(seed: 1);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_table_that_does_not_fit_into_memory_gives_the_model_of_one_that_does()
    {
        float[] inMemory = Scores(Train(memoryLimit: null)), onDisk = Scores(Train(LittleMemory()));
        onDisk.Should().Equal(inMemory);
        Directory.GetFileSystemEntries(_folder).Should().BeEmpty("temporary files go with training");
    }

    [Fact]
    public void A_folder_that_is_not_there_and_one_that_may_not_take_the_rows_are_named()
    {
        FluentActions.Invoking(() => _context.Regression.Trainers.GaussNewtonRegression(Options(null, options => options.TemporaryFolder = Path.Combine(_folder, "none")))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*TemporaryFolder*");
        FluentActions.Invoking(() => Train(LittleMemory(), options => options.TemporaryFileLimit = 1 << 20)).Should().Throw<InvalidOperationException>().WithMessage($"*more than 1.0 MiB in the folder '{_folder}'*limit*");
        Directory.GetFileSystemEntries(_folder).Should().BeEmpty();
    }

    [Fact]
    public void Labels_beyond_the_bounds_are_refused_in_the_words_of_the_options() =>
        FluentActions.Invoking(() => Train(null, options => options.LowerBound = 0.5)).Should().Throw<InvalidOperationException>().WithMessage("*labels go from*beyond the bounds*LowerBound and UpperBound*");

    // The least that training takes beside the rows, which then go to disk.
    private long LittleMemory()
    {
        for (long limit = 1 << 26; ; limit += limit / 16)
        {
            try
            {
                Train(limit, options => options.MaximumNumberOfIterations = 0);
                return limit;
            }
            catch (InvalidOperationException error) when (error.InnerException is GnMlNet.Core.Training.MemoryRefusedException)
            {
            }
        }
    }

    private RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> Train(long? memoryLimit, Action<GaussNewtonRegressionTrainer.Options>? change = null) =>
        _context.Regression.Trainers.GaussNewtonRegression(Options(memoryLimit, change)).Fit(_context.Data.LoadFromEnumerable(Table(Many)));

    private GaussNewtonRegressionTrainer.Options Options(long? memoryLimit, Action<GaussNewtonRegressionTrainer.Options>? change)
    {
        var options = new GaussNewtonRegressionTrainer.Options
        {
            NumberOfNetworks = 2,
            NumberOfHiddenUnits = 2,
            MaximumNumberOfIterations = 5,
            Kernel = new KernelOptions { Members = 2, Centres = 20, EvidenceRows = 50, SolutionRows = 200 },
            Seed = 3,
            MemoryLimit = memoryLimit,
            TemporaryFolder = _folder,
        };
        change?.Invoke(options);
        return options;
    }

    private float[] Scores(RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> model) => [.. _context.Data.CreateEnumerable<Prediction>(model.Transform(_context.Data.LoadFromEnumerable(Table(50))), reuseRowObject: false).SelectMany(row => new[] { row.Score, row.Upper })];

    private static IEnumerable<Row> Table(int rows)
    {
        var random = new Random(2);
        for (int j = 0; j < rows; j++)
        {
            float[] features = [.. Enumerable.Range(0, Width).Select(_ => random.NextSingle())];
            yield return new Row { Features = features, Label = MathF.Sin(4 * features[0]) + (features[1] * random.NextSingle()) };
        }
    }

    private sealed class Row
    {
        [VectorType(Width)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class Prediction
    {
        public float Score { get; set; }

        public float Upper { get; set; }
    }
}
