using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Systems;

namespace GnMlNet.Reference.Minimizers;

/// <summary>H = J^T W J + Lambda + sum_j w_j r_j D^2 f_j, the whole second derivative of F = E/2: the curvature of Gauss-Newton and what it leaves out.</summary>
/// <param name="Matrix">An exact symmetric matrix.</param>
/// <param name="Error">A bound on the spectral norm of what it misses.</param>
internal sealed record HessianEnclosure(ScaledIntegers Matrix, Magnitude Error)
{
    // Of the greatest entry, and of the factors of the second derivatives: far more than eigenvalues and steps need.
    private const int KeptBits = 320, FactorBits = 160;

    /// <param name="point">Where.</param>
    /// <param name="weights">W.</param>
    /// <param name="penalties">The diagonal of Lambda.</param>
    internal static HessianEnclosure Of(EnclosedPoint point, double[] weights, Dyadic[] penalties)
    {
        GramEnclosure gram = point.Grams.Of(weights);
        var factors = new Dyadic[weights.Length];
        var errors = new Magnitude[weights.Length];
        for (int j = 0; j < weights.Length; j++)
        {
            Dyadic weight = Dyadic.FromDouble(weights[j]), exact = weight * point.Residuals[j];
            factors[j] = exact.Truncate(FactorBits);
            errors[j] = Magnitude.Of(exact - factors[j]) + (Magnitude.Of(weight) * point.ResidualError);
        }

        (ScaledIntegers second, Magnitude secondError) = new CurvatureEnclosure(point.Layer, point.Activations).Contract(factors, errors);
        (ScaledIntegers matrix, Magnitude entryError) = gram.Matrix.Plus(second).PlusDiagonal(penalties).KeepBits(KeptBits);
        // A matrix of p x p entries of at most e has a norm of at most p e.
        return new HessianEnclosure(matrix, gram.Error + secondError + (entryError * Magnitude.Of((double)matrix.Rows)));
    }

    /// <summary>Contains v^T H v / v^T v for all matrices within, v not zero.</summary>
    internal Ball RayleighQuotient(double[] vector, int bits)
    {
        Dyadic[] v = [.. vector.Select(Dyadic.FromDouble)], image = Matrix.Times(ScaledIntegers.Of(v)).ToDyadics();
        Dyadic product = v.Zip(image, (a, b) => a * b).Aggregate(Dyadic.Zero, (sum, term) => sum + term), square = v.Aggregate(Dyadic.Zero, (sum, a) => sum + (a * a));
        Ball quotient = Ball.Divide(Ball.Exact(product), Ball.Exact(square), bits);
        return new Ball(quotient.Midpoint, quotient.Radius + Error);
    }
}
