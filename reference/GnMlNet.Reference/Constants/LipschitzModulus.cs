using System.Numerics;
using GnMlNet.Balls;
using GnMlNet.Balls.Matrices;
using GnMlNet.Reference.Numbers;
using GnMlNet.Reference.Spectra;

namespace GnMlNet.Reference.Constants;

/// <summary>L, the Lipschitz modulus of w -> J(w) in the operator norm for signs of size 1 and no biases, between two bounds.</summary>
/// <remarks>
/// With sigma_2 = sup |sigma''|, |(J(w) - J(w')) u|_j &lt;= sigma_2 sum_i |x_j . (w_i - w'_i)| |x_j . u_i|, so L^2 &lt;= sigma_2^2 lambda_max((X X^T) o (X X^T)), o entry by entry.
/// Moving one unit along x_j where sigma'' attains sigma_2 gives L >= sigma_2 max_j |x_j|^2.
/// (X X^T) o (X X^T) = Z Z^T with the rows x_j (x) x_j of Z, so that the d^2 x d^2 matrix Z^T Z serves as well.
/// </remarks>
internal static class LipschitzModulus
{
    private const int Bits = 128;

    /// <param name="inputs">X, n x d, row by row.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="isLogistic">Whether the activation is the logistic function instead of tanh.</param>
    internal static Ball Enclose(double[] inputs, int rowCount, bool isLogistic)
    {
        int d = inputs.Length / rowCount;
        ScaledIntegers x = ScaledIntegers.Of(rowCount, d, inputs);
        ScaledIntegers matrix = d * d < rowCount ? OfFeatures(x) : OfRows(x);
        EigenvalueBound largest = ExtremeEigenvalues.Enclose(matrix, Magnitude.Zero).Largest;
        Ball curvature = GreatestCurvature(isLogistic);
        Ball upper = Ball.Multiply(curvature, Ball.Sqrt(Ball.Exact(largest.Upper), Bits), Bits);
        Ball lower = Ball.Multiply(curvature, Ball.Exact(GreatestSquaredNorm(x)), Bits);
        return Ball.Union(lower, upper);
    }

    /// <summary>sigma_2: 4/(3 sqrt 3) for tanh, an eighth of it for the logistic function.</summary>
    internal static Ball GreatestCurvature(bool isLogistic)
    {
        Ball root = Ball.Sqrt(Ball.Exact(3), Bits);
        return Ball.Divide(Ball.Exact(4), Ball.Multiply(Ball.Exact(3), root, Bits), Bits) << (isLogistic ? -3 : 0);
    }

    /// <summary>(X X^T) o (X X^T).</summary>
    private static ScaledIntegers OfRows(ScaledIntegers x)
    {
        var matrix = new ScaledIntegers(x.Rows, x.Rows, 4 * x.Exponent);
        for (int j = 0; j < x.Rows; j++)
        {
            for (int k = 0; k <= j; k++)
            {
                BigInteger product = BigInteger.Zero;
                for (int a = 0; a < x.Columns; a++) product += x[j, a] * x[k, a];
                matrix[j, k] = matrix[k, j] = product * product;
            }
        }

        return matrix;
    }

    /// <summary>Z^T Z.</summary>
    private static ScaledIntegers OfFeatures(ScaledIntegers x)
    {
        int d = x.Columns;
        var z = new BigInteger[x.Rows * d * d];
        for (int j = 0; j < x.Rows; j++)
        {
            for (int a = 0; a < d; a++)
            {
                for (int b = 0; b < d; b++) z[(j * d * d) + (a * d) + b] = x[j, a] * x[j, b];
            }
        }

        return new ScaledIntegers(d * d, d * d, 4 * x.Exponent, ExactProduct.Gram(IntegerMatrix.FromEntries(x.Rows, d * d, z)).ToEntries());
    }

    private static Dyadic GreatestSquaredNorm(ScaledIntegers x)
    {
        BigInteger greatest = BigInteger.Zero;
        for (int j = 0; j < x.Rows; j++)
        {
            BigInteger square = BigInteger.Zero;
            for (int a = 0; a < x.Columns; a++) square += x[j, a] * x[j, a];
            greatest = BigInteger.Max(greatest, square);
        }

        return new Dyadic(greatest, 2 * x.Exponent);
    }
}
