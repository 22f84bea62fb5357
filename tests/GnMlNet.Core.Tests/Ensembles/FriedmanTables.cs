using GnMlNet.Core.Data;
using MathNet.Numerics.Distributions;

namespace GnMlNet.Core.Tests.Ensembles;

/// <summary>Friedman's first two problems (1991; Breiman 1996).</summary>
internal static class FriedmanTables
{
    internal static RegressionData Make(int problem, int rows, int seed)
    {
        var random = new Random(seed);
        var data = new RegressionData(problem == 1 ? 10 : 4);
        for (int j = 0; j < rows; j++)
        {
            double[] u = [.. Enumerable.Range(0, data.InputSize).Select(_ => random.NextDouble())];
            if (problem == 1)
            {
                data.Add(u, (10 * Math.Sin(Math.PI * u[0] * u[1])) + (20 * Math.Pow(u[2] - 0.5, 2)) + (10 * u[3]) + (5 * u[4]) + Normal.Sample(random, 0, 1), 1);
                continue;
            }

            double[] x = [100 * u[0], (40 + (520 * u[1])) * Math.PI, u[2], 1 + (10 * u[3])];
            data.Add(x, Math.Sqrt(Math.Pow(x[0], 2) + Math.Pow((x[1] * x[2]) - (1 / (x[1] * x[3])), 2)) + Normal.Sample(random, 0, 125), 1);
        }

        return data;
    }
}
