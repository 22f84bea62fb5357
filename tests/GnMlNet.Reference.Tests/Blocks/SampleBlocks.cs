using GnMlNet.Reference.Blocks;

namespace GnMlNet.Reference.Tests.Blocks;

/// <summary>Seeded blocks.</summary>
internal static class SampleBlocks
{
    /// <summary>A block with coefficients of zero.</summary>
    public static RecordedBlock Of(int rows, int columns, int seed, double laplace = 0.7, double gaussian = 1.3, double constant = 0.25, double noise = 0.01)
    {
        var random = new Random(seed);
        double[] Uniform(int count, double low, double high) => [.. Enumerable.Range(0, count).Select(_ => low + ((high - low) * random.NextDouble()))];
        return new RecordedBlock
        {
            Inputs = Uniform(rows * columns, -1, 1),
            LaplaceRates = Uniform(columns, 0, 1.5),
            GaussianRates = Uniform(columns, 0, 3),
            LaplaceScale = laplace,
            GaussianScale = gaussian,
            Constant = constant,
            NoiseVariance = noise,
            RowWeights = Uniform(rows, 0.5, 2),
            Labels = Uniform(rows, -2, 2),
            Coefficients = new double[rows],
        };
    }

    /// <summary>Further rows.</summary>
    public static double[] Rows(int count, int columns, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count * columns).Select(_ => (2 * random.NextDouble()) - 1)];
    }
}
