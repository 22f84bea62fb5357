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

    /// <summary>The transformed z.</summary>
    internal static double Transform(double z, double power) => z >= 0 ? BoxCox(z, power) : -BoxCox(-z, 2 - power);

    /// <summary>The power that makes a column most like a normal distribution, by maximum likelihood.</summary>
    /// <param name="column">Standardized values and their weights.</param>
    internal static double Fit((double Value, double Weight)[] column)
    {
        // The logarithm of the Jacobian's determinant is this times p - 1.
        double slope = 0, total = 0;
        foreach ((double z, double weight) in column)
        {
            slope += weight * Math.Sign(z) * LogarithmOfOnePlus(Math.Abs(z));
            total += weight;
        }

        double MinusLogLikelihood(double power)
        {
            double deviation = ColumnScale.Measure(column.Select(at => (Transform(at.Value, power), at.Weight))).Deviation;
            double value = (total * Math.Log(deviation)) - ((power - 1) * slope);
            return double.IsFinite(value) ? value : double.MaxValue;
        }

        return FindMinimum.OfScalarFunctionConstrained(MinusLogLikelihood, 1 - Reach, 1 + Reach, Tolerance, MostEvaluations);
    }

    // ((1 + size)^power - 1)/power without cancellation: log(1 + s) = 2 artanh(s/(s + 2)) and e^x - 1 = 2 e^(x/2) sinh(x/2).
    private static double BoxCox(double size, double power)
    {
        double logarithm = LogarithmOfOnePlus(size), half = power * logarithm / 2;
        return power == 0 ? logarithm : 2 * Math.Exp(half) * Math.Sinh(half) / power;
    }

    private static double LogarithmOfOnePlus(double size) => 2 * Math.Atanh(size / (size + 2));
}
