using GnMlNet.Reference.Networks;

namespace GnMlNet.Reference.Constants;

/// <summary>L, the Lipschitz modulus of w -> J(w) in the operator norm for signs of size 1 and no biases, between two bounds.</summary>
/// <remarks>docs/theory.md, "Why the bounds on L hold". (X X^T) o (X X^T) = Z Z^T with the rows x_j (x) x_j of Z, so that the d^2 x d^2 matrix Z^T Z serves as well.</remarks>
internal static class LipschitzModulus
{
    private const int Bits = 128;

    /// <param name="inputs">X, n x d, row by row.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="activation">sigma.</param>
    internal static Ball Enclose(double[] inputs, int rowCount, Sigmoid activation)
    {
        int d = inputs.Length / rowCount;
        ScaledIntegers x = ScaledIntegers.Of(rowCount, d, inputs);
        ScaledIntegers matrix = d * d < rowCount ? OfFeatures(x) : OfRows(x.RowGram());
        EigenvalueBound largest = ExtremeEigenvalues.Enclose(matrix, Magnitude.Zero).Largest;
        Ball curvature = GreatestCurvature(activation);
        Ball upper = Ball.Multiply(curvature, Ball.Sqrt(Ball.Exact(largest.Upper), Bits), Bits);
        BigInteger greatest = Enumerable.Range(0, rowCount).Max(j => Enumerable.Range(0, d).Aggregate(BigInteger.Zero, (sum, a) => sum + (x[j, a] * x[j, a])));
        Ball lower = Ball.Multiply(curvature, Ball.Exact(new Dyadic(greatest, 2 * x.Exponent)), Bits);
        return Ball.Union(lower, upper);
    }

    /// <summary>sigma_2: 4/(3 sqrt 3) for tanh, an eighth of it for the logistic function.</summary>
    internal static Ball GreatestCurvature(Sigmoid activation)
    {
        Ball root = Ball.Sqrt(Ball.Exact(3), Bits);
        return Ball.Divide(Ball.Exact(4), Ball.Multiply(Ball.Exact(3), root, Bits), Bits) << (activation == Sigmoid.Logistic ? -3 : 0);
    }

    /// <summary>(X X^T) o (X X^T) from X X^T.</summary>
    private static ScaledIntegers OfRows(ScaledIntegers products) =>
        new(products.Rows, products.Rows, 2 * products.Exponent, [.. products.Values.Select(product => product * product)]);

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
}
