using MathNet.Numerics;

namespace GnMlNet.Core.Data;

/// <summary>
/// The power transformation of Yeo and Johnson (A new family of power transformations to improve normality or symmetry, Biometrika 87, 2000), which takes
/// numbers of either sign: ((1 + z)^p - 1)/p for z at least 0, -((1 - z)^(2 - p) - 1)/(2 - p) below, logarithms where the exponent is 0. p = 1 changes nothing;
/// a smaller p draws in a long tail to the right, a larger one a tail to the left.
/// </summary>
internal static class YeoJohnson
{
    // The power is sought this far from 1 to either side.
    private const double Reach = 50;
    private const double Tolerance = 1e-4;
    private const int MostEvaluations = 200;

    // As many rows, spread over all of them, tell the power to a few hundredths.
    private const int MostRows = 20_000;

    /// <summary>The transformed z.</summary>
    internal static double Transform(double z, double power) => OfLogarithm(z, LogarithmOfOnePlus(Math.Abs(z)), power);

    /// <summary>The derivative of the transformed z, positive and without a jump.</summary>
    internal static double Slope(double z, double power) => Math.Exp((z >= 0 ? power - 1 : 1 - power) * LogarithmOfOnePlus(Math.Abs(z)));

    /// <summary>The power that makes a column most like a normal distribution, by maximum likelihood.</summary>
    /// <param name="column">Standardized values; of more than 20,000 as many that are spread evenly over them.</param>
    /// <param name="weights">Their weights.</param>
    internal static double Fit(double[] column, double[] weights)
    {
        if (column.Length > MostRows)
        {
            int[] some = [.. Enumerable.Range(0, MostRows).Select(k => (int)((long)k * column.Length / MostRows))];
            (column, weights) = (Array.ConvertAll(some, row => column[row]), Array.ConvertAll(some, row => weights[row]));
        }

        double[] logarithms = Array.ConvertAll(column, z => LogarithmOfOnePlus(Math.Abs(z))), transformed = new double[column.Length];
        // The logarithm of the Jacobian's determinant is this times p - 1.
        double slope = 0, total = 0;
        for (int j = 0; j < column.Length; j++)
        {
            slope += weights[j] * Math.Sign(column[j]) * logarithms[j];
            total += weights[j];
        }

        double MinusLogLikelihood(double power)
        {
            for (int j = 0; j < column.Length; j++) transformed[j] = OfLogarithm(column[j], logarithms[j], power);
            double deviation = ColumnScale.Measure(transformed, weights).Deviation;
            double value = (total * Math.Log(deviation)) - ((power - 1) * slope);
            return double.IsFinite(value) ? value : double.MaxValue;
        }

        return FindMinimum.OfScalarFunctionConstrained(MinusLogLikelihood, 1 - Reach, 1 + Reach, Tolerance, MostEvaluations);
    }

    private static double OfLogarithm(double z, double logarithm, double power) => z >= 0 ? BoxCox(logarithm, power) : -BoxCox(logarithm, 2 - power);

    // ((1 + s)^power - 1)/power from log(1 + s) = 2 artanh(s/(s + 2)) without cancellation: e^x - 1 = 2 e^(x/2) sinh(x/2).
    private static double BoxCox(double logarithm, double power)
    {
        double half = power * logarithm / 2;
        return power == 0 ? logarithm : 2 * Math.Exp(half) * Math.Sinh(half) / power;
    }

    private static double LogarithmOfOnePlus(double size) => 2 * Math.Atanh(size / (size + 2));
}
