using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace GnMlNet.Cli.Tables;

/// <summary>
/// Friedman's simulated regression problems (Friedman 1991, Annals of Statistics 19, section 4; with the noise of Breiman 1996):
/// smooth, nonlinear, and with a known best possible error. The same seed gives the same rows.
/// </summary>
internal static class Friedman
{
    /// <summary>A row: the features and the label.</summary>
    internal readonly record struct Row(double[] Features, double Label);

    /// <summary>
    /// Problem 1: x in U[0,1]^10, y = 10 sin(pi x1 x2) + 20 (x3 - 1/2)^2 + 10 x4 + 5 x5 + N(0, 1).
    /// Five columns are noise. The variance of the signal is 23.8, so the best R^2 is 0.960.
    /// </summary>
    internal static IEnumerable<Row> First(int rows, int seed)
    {
        var random = new MersenneTwister(seed);
        for (int j = 0; j < rows; j++)
        {
            var x = new double[10];
            ContinuousUniform.Samples(random, x, 0, 1);
            double signal = (10 * Math.Sin(Math.PI * x[0] * x[1])) + (20 * Math.Pow(x[2] - 0.5, 2)) + (10 * x[3]) + (5 * x[4]);
            yield return new Row(x, signal + Normal.Sample(random, 0, 1));
        }
    }

    /// <summary>
    /// Problem 2: x1 in [0,100], x2 in [40 pi, 560 pi], x3 in [0,1], x4 in [1,11], y = sqrt(x1^2 + (x2 x3 - 1/(x2 x4))^2) + N(0, 125^2):
    /// the impedance of an alternating current circuit. The best R^2 is 0.902.
    /// </summary>
    internal static IEnumerable<Row> Second(int rows, int seed)
    {
        var random = new MersenneTwister(seed);
        for (int j = 0; j < rows; j++)
        {
            double[] x =
            [
                ContinuousUniform.Sample(random, 0, 100),
                ContinuousUniform.Sample(random, 40 * Math.PI, 560 * Math.PI),
                ContinuousUniform.Sample(random, 0, 1),
                ContinuousUniform.Sample(random, 1, 11),
            ];
            double reactance = (x[1] * x[2]) - (1 / (x[1] * x[3]));
            yield return new Row(x, Math.Sqrt((x[0] * x[0]) + (reactance * reactance)) + Normal.Sample(random, 0, 125));
        }
    }
}
