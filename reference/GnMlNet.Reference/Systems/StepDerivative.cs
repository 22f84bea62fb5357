using GnMlNet.Reference.Networks;

namespace GnMlNet.Reference.Systems;

/// <summary>
/// How a step s(theta), the solution of S(theta) s = b(theta), changes with the point it starts from: S Ds = Db - (DS) s =: N, so that Ds = S^-1 N.
/// <code>
/// S = f J^T Theta J + (a constant diagonal),   b = c sum_j w_j r_j J_j + (a diagonal) theta
/// N = c r' J^T W J + sum_j omega_j D^2 f_j - f J^T Theta Q + (that diagonal),   omega_j = c w_j r_j - f theta_j (J s)_j,   Q_j = s^T D^2 f_j
/// </code>
/// Everything holds for all parameters of the point's ball at once.
/// </summary>
internal sealed class StepDerivative
{
    // What factors are rounded to.
    private const int FactorBits = 160;

    private readonly ScaledIntegers _right;
    private readonly Magnitude _rightError;

    /// <param name="point">What there is to know over a ball of parameters.</param>
    /// <param name="coefficients">c, W, f, Theta and what else belongs to N.</param>
    /// <param name="solution">s over that ball.</param>
    internal StepDerivative(EnclosedPoint point, StepCoefficients coefficients, SolutionEnclosure solution)
    {
        JacobianEnclosure jacobian = point.Jacobian;
        int n = jacobian.Values.Rows, p = jacobian.Values.Columns;
        var curvature = new CurvatureEnclosure(point.Layer, point.Activations);

        GramEnclosure gram = point.Grams.Of(coefficients.Weights);
        ScaledIntegers sum = gram.Matrix.Times(coefficients.GramFactor).PlusDiagonal(coefficients.Diagonal);
        Magnitude error = gram.Error * Magnitude.Of(coefficients.GramFactor);

        (Dyadic[] omega, Magnitude[] omegaErrors, Magnitude[] rowNorms) = Factors(point, coefficients, solution);
        (ScaledIntegers contracted, Magnitude contractionError) = curvature.Contract(omega, omegaErrors);
        sum = sum.Plus(contracted);
        error += contractionError;

        (ScaledIntegers q, Magnitude[] qErrors) = curvature.Apply(solution.Approximation, solution.Distance);
        ScaledIntegers theta = ScaledIntegers.Of(1, n, coefficients.SystemWeights), weighted = new(n, p, q.Exponent + theta.Exponent);
        for (int k = 0; k < weighted.Values.Length; k++) weighted.Values[k] = -theta.Values[k / p] * q.Values[k];
        BigInteger[] product = ExactProduct.TransposeMultiply(jacobian.Values.ToMatrix(), weighted.ToMatrix()).ToEntries();
        sum = sum.Plus(new ScaledIntegers(p, p, jacobian.Values.Exponent + weighted.Exponent, product).Times(coefficients.SystemFactor));
        Magnitude entries = Norms.Euclidean(jacobian.ColumnErrors), productError = Magnitude.Zero;
        for (int j = 0; j < n; j++)
        {
            // |(J + dJ)(Q + dQ) - J Q| of a row's product of rank one.
            Magnitude size = q.RowNorm(j);
            productError += Magnitude.Of(coefficients.SystemWeights[j]) * ((rowNorms[j] * qErrors[j]) + (entries * (size + qErrors[j])));
        }

        (_right, _rightError) = (sum, error + (productError * Magnitude.Of(coefficients.SystemFactor)));
    }

    /// <summary>A bound on |I + c Ds| in the spectral norm over the ball.</summary>
    /// <param name="system">S over the ball.</param>
    /// <param name="smallest">A lower bound of its smallest eigenvalue.</param>
    /// <param name="factor">c, exactly.</param>
    /// <returns>Infinity where the system cannot be solved in double.</returns>
    /// <remarks>For any M: Ds - M = S^-1 (N - S M), so |Ds - M| &lt;= (|N' - S' M| + |dN| + |dS| |M|)/lambda_min(S) with the held N' and S'.</remarks>
    internal Magnitude Growth(DenseSystem system, Dyadic smallest, Dyadic factor)
    {
        int p = system.Size;
        if (Approximate(system) is not { } derivative) return Magnitude.Infinity;
        IntegerMatrix m = IntegerMatrix.FromDoubles(p, p, derivative, out long exponent);
        // The matrix of the system is its own transpose.
        ScaledIntegers image = new(p, p, system.Matrix.Exponent + exponent, ExactProduct.TransposeMultiply(system.Matrix.ToMatrix(), m).ToEntries());
        ScaledIntegers residual = _right.Plus(image.Times(-1));
        Magnitude size = Norms.Euclidean(derivative.Select(Magnitude.Of));
        Magnitude error = (residual.FrobeniusNorm() + _rightError + (system.MatrixError * size)) / smallest.LowerMagnitude();

        var whole = new ScaledIntegers(p, p, exponent, m.ToEntries());
        ScaledIntegers moved = whole.Times(factor).PlusDiagonal([.. Enumerable.Repeat(Dyadic.One, p)]);
        BallMatrix rounded = moved.ToBall().RoundTo(53);
        return Magnitude.Of(LargestEigenvalue.Bound(BallMatrix.Gram(rounded)).Upper).SquareRoot() + (Magnitude.Of(factor) * error);
    }

    /// <summary>S^-1 N in double, row by row. No guarantee.</summary>
    private double[]? Approximate(DenseSystem system)
    {
        int p = system.Size;
        var derivative = new double[p * p];
        var column = new double[p];
        for (int k = 0; k < p; k++)
        {
            for (int i = 0; i < p; i++) column[i] = _right.At(i, k).ToDouble();
            if (system.SolveInDoubles(column) is not { } solution || !solution.All(double.IsFinite)) return null;
            for (int i = 0; i < p; i++) derivative[(i * p) + k] = solution[i];
        }

        return derivative;
    }

    /// <summary>omega, bounds on its errors, and bounds on the norms of the rows of J.</summary>
    private static (Dyadic[] Values, Magnitude[] Errors, Magnitude[] RowNorms) Factors(EnclosedPoint point, StepCoefficients coefficients, SolutionEnclosure solution)
    {
        ScaledIntegers j = point.Jacobian.Values, along = j.Times(ScaledIntegers.Of(solution.Approximation));
        Magnitude entries = Norms.Euclidean(point.Jacobian.ColumnErrors), size = Norms.Euclidean(solution.Approximation);
        var values = new Dyadic[j.Rows];
        Magnitude[] errors = new Magnitude[j.Rows], norms = new Magnitude[j.Rows];
        for (int row = 0; row < values.Length; row++)
        {
            Dyadic theta = coefficients.SystemFactor * Dyadic.FromDouble(coefficients.SystemWeights[row]), residual = coefficients.GradientFactor * Dyadic.FromDouble(coefficients.Weights[row]);
            norms[row] = j.RowNorm(row);
            Dyadic exact = (residual * point.Residuals[row]) - (theta * along.At(row, 0));
            values[row] = exact.Truncate(FactorBits);
            Magnitude alongError = ((norms[row] + entries) * solution.Distance) + (entries * size);
            errors[row] = Magnitude.Of(exact - values[row]) + (Magnitude.Of(residual) * point.ResidualError) + (Magnitude.Of(theta) * alongError);
        }

        return (values, errors, norms);
    }
}
