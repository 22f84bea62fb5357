namespace GnMlNet.Ledger.Flows;

/// <summary>
/// A function of time on [0, h]: a polynomial with enclosed coefficients, and a bound on how far the function is from one of these polynomials anywhere on the interval.
/// What products have beyond the degree goes into the bound.
/// </summary>
internal sealed class Jet
{
    private readonly Real[] _coefficients;
    private readonly Magnitude[] _powers;

    /// <param name="coefficients">From the constant one on.</param>
    /// <param name="remainder">The bound.</param>
    /// <param name="powers">h^0, h^1, ..., rounded up, at least twice as many as there are coefficients.</param>
    internal Jet(Real[] coefficients, Magnitude remainder, Magnitude[] powers) => (_coefficients, Remainder, _powers) = (coefficients, remainder, powers);

    internal Magnitude Remainder { get; }

    internal int Degree => _coefficients.Length - 1;

    internal Real this[int power] => _coefficients[power];

    /// <summary>h^0 to h^(2N + 1), rounded up.</summary>
    internal static Magnitude[] PowersOf(Real step, int degree)
    {
        var powers = new Magnitude[(2 * degree) + 2];
        powers[0] = Magnitude.One;
        for (int k = 1; k < powers.Length; k++) powers[k] = powers[k - 1] * step.Ball.AbsUpper();
        return powers;
    }

    public static Jet operator +(Jet a, Jet b)
    {
        var sum = new Real[a._coefficients.Length];
        for (int k = 0; k < sum.Length; k++) sum[k] = a._coefficients[k] + b._coefficients[k];
        return new Jet(sum, a.Remainder + b.Remainder, a._powers);
    }

    public static Jet operator -(Jet a, Jet b)
    {
        var difference = new Real[a._coefficients.Length];
        for (int k = 0; k < difference.Length; k++) difference[k] = a._coefficients[k] - b._coefficients[k];
        return new Jet(difference, a.Remainder + b.Remainder, a._powers);
    }

    public static Jet operator *(Real factor, Jet a)
    {
        var product = new Real[a._coefficients.Length];
        for (int k = 0; k < product.Length; k++) product[k] = factor * a._coefficients[k];
        return new Jet(product, factor.Ball.AbsUpper() * a.Remainder, a._powers);
    }

    public static Jet operator *(Jet a, Jet b)
    {
        int degree = a.Degree;
        var product = new Real[degree + 1];
        for (int k = 0; k <= degree; k++)
        {
            RealSum sum = default;
            for (int i = 0; i <= k; i++) sum.AddProduct(a[i], b[k - i]);
            product[k] = sum.ToReal();
        }

        Magnitude remainder = (a.Bound() * b.Remainder) + (a.Remainder * b.PolynomialBound());
        // Beyond the degree sizes will do: sum over i + j > N of |a_i||b_j| h^(i+j).
        for (int i = 1; i <= degree; i++)
        {
            Magnitude sizes = Magnitude.Zero;
            for (int j = degree + 1 - i; j <= degree; j++) sizes += b[j].Ball.AbsUpper() * a._powers[i + j];
            remainder += a[i].Ball.AbsUpper() * sizes;
        }

        return new Jet(product, remainder, a._powers);
    }

    /// <summary>The function and a number.</summary>
    internal Jet Plus(Real number)
    {
        Real[] sum = [.. _coefficients];
        sum[0] += number;
        return new Jet(sum, Remainder, _powers);
    }

    /// <summary>The same with a greater bound.</summary>
    internal Jet Widen(Magnitude more) => new(_coefficients, Remainder + more, _powers);

    /// <summary>The derivative of a polynomial without remainder.</summary>
    internal Jet Derivative()
    {
        if (!Remainder.IsZero) throw new InvalidOperationException("Only a polynomial has a derivative that is known.");
        var derivative = new Real[_coefficients.Length];
        for (int k = 1; k <= Degree; k++) derivative[k - 1] = k * _coefficients[k];
        return new Jet(derivative, Magnitude.Zero, _powers);
    }

    /// <summary>At least |function| on the interval.</summary>
    internal Magnitude Bound() => PolynomialBound() + Remainder;

    /// <summary>Contains the function at every time of the argument, within [0, h].</summary>
    internal Real At(Real time)
    {
        Real value = _coefficients[^1];
        for (int k = Degree - 1; k >= 0; k--) value = (value * time) + _coefficients[k];
        return new Real(new Ball(value.Ball.Midpoint, value.Ball.Radius + Remainder), value.Bits);
    }

    /// <summary>Another function on the same interval.</summary>
    internal Jet With(Real[] coefficients, Magnitude remainder) => new(coefficients, remainder, _powers);

    private Magnitude PolynomialBound()
    {
        Magnitude sum = Magnitude.Zero;
        for (int k = 0; k <= Degree; k++) sum += _coefficients[k].Ball.AbsUpper() * _powers[k];
        return sum;
    }
}
