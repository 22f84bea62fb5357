namespace GnMlNet.Balls.Matrices;

/// <summary>
/// The system a J^T J + t I with more parameters than rows, whose p x p matrix is never written out: products go through J, and lambda_min = t because J^T J is
/// positive semidefinite and rank-deficient.
/// </summary>
/// <remarks>
/// With J = M + E and |E_ja| &lt;= r_a, an entry of J^T J differs from one of M^T M by at most c_a r_b + r_a c_b + n r_a r_b with the column sums c_a = sum_j |M_ja|, so the
/// difference has a Frobenius norm of at most 2 |c| |r| + n |r|^2. Approximate solves use (a J^T J + t I)^-1 = (I - a J^T (a J J^T + t I)^-1 J)/t.
/// </remarks>
internal sealed class GramSystem : EnclosedSystem
{
    private readonly ScaledIntegers _jacobian;
    private readonly Dyadic _factor;
    private readonly Dyadic _shift;
    private readonly double[] _rounded;
    private readonly Lazy<DoubleCholesky?> _factorization;

    /// <param name="jacobian">M.</param>
    /// <param name="columnErrors">r: for each column a bound on what its entries miss.</param>
    /// <param name="factor">a.</param>
    /// <param name="shift">t.</param>
    /// <param name="right">b, approximately.</param>
    /// <param name="rightErrors">A bound on what each entry misses.</param>
    public GramSystem(ScaledIntegers jacobian, Magnitude[] columnErrors, Dyadic factor, Dyadic shift, Dyadic[] right, Magnitude[] rightErrors)
        : base(Error(jacobian, columnErrors) * Magnitude.Of(factor), right, rightErrors)
    {
        (_jacobian, _factor, _shift) = (jacobian, factor, shift);
        _rounded = [.. _jacobian.Values.Select(value => new Dyadic(value, _jacobian.Exponent).ToDouble())];
        _factorization = new(() => DoubleCholesky.TryFactor(_jacobian.RowGram().Times(factor).PlusDiagonal([.. Enumerable.Repeat(shift, _jacobian.Rows)])));
    }

    public override Magnitude FrobeniusNorm
    {
        get
        {
            // |a J^T J + t I|_F <= a |J|_F^2 + t sqrt p
            Magnitude jacobian = Norms.Euclidean(_jacobian.Values.Select(value => Magnitude.Of(value) << _jacobian.Exponent));
            return (Magnitude.Of(_factor) * jacobian * jacobian) + (Magnitude.Of(_shift) * Magnitude.Of((double)Size).SquareRoot());
        }
    }

    public override Dyadic? SmallestEigenvalue() => _shift.Sign > 0 ? _shift : null;

    public override Dyadic[] Multiply(Dyadic[] vector)
    {
        int n = _jacobian.Rows, p = _jacobian.Columns;
        ScaledIntegers rows = _jacobian.Times(ScaledIntegers.Of(vector));
        var product = new Dyadic[p];
        for (int a = 0; a < p; a++)
        {
            BigInteger sum = BigInteger.Zero;
            for (int j = 0; j < n; j++) sum += _jacobian[j, a] * rows.Values[j];
            product[a] = (_factor * new Dyadic(sum, _jacobian.Exponent + rows.Exponent)) + (_shift * vector[a]);
        }

        return product;
    }

    public override Dyadic[]? ApproximateSolve(Dyadic[] right) => InDoubles(right, SolveInDoubles);

    private double[]? SolveInDoubles(double[] right)
    {
        if (_factorization.Value is not { } kernel) return null;
        int n = _jacobian.Rows, p = _jacobian.Columns;
        double factor = _factor.ToDouble(), shift = _shift.ToDouble();
        var product = new double[n];
        for (int j = 0; j < n; j++)
        {
            for (int a = 0; a < p; a++) product[j] += _rounded[(j * p) + a] * right[a];
        }

        double[] rows = kernel.Solve(product), solution = new double[p];
        for (int a = 0; a < p; a++)
        {
            double sum = 0;
            for (int j = 0; j < n; j++) sum += _rounded[(j * p) + a] * rows[j];
            solution[a] = (right[a] - (factor * sum)) / shift;
        }

        return solution;
    }

    private static Magnitude Error(ScaledIntegers m, Magnitude[] columnErrors)
    {
        var columns = new Magnitude[m.Columns];
        for (int a = 0; a < columns.Length; a++)
        {
            for (int j = 0; j < m.Rows; j++) columns[a] += Magnitude.Of(m[j, a]) << m.Exponent;
        }

        Magnitude r = Norms.Euclidean(columnErrors);
        return ((Norms.Euclidean(columns) * r) << 1) + (Magnitude.Of((double)m.Rows) * r * r);
    }
}
