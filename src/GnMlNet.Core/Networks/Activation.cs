using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Networks;

/// <summary>
/// A smooth bounded activation function of the hidden units (the paper's sigma, Section 2.1):
/// bounded together with its first derivative, which training calls the slope, and its second.
/// </summary>
public abstract class Activation
{
    /// <param name="name">The name used in messages and listings.</param>
    /// <param name="bound">sigma_0.</param>
    /// <param name="slopeBound">sigma_1.</param>
    /// <param name="curvatureBound">sigma_2.</param>
    /// <param name="riccati">The equation that it solves.</param>
    private protected Activation(string name, double bound, double slopeBound, double curvatureBound, RiccatiCoefficients riccati)
    {
        Riccati = riccati;
        Name = name;
        Bound = bound;
        SlopeBound = slopeBound;
        CurvatureBound = curvatureBound;
    }

    /// <summary>The hyperbolic tangent, with values in (-1, 1).</summary>
    // tanh'' = -2 u (1 - u^2) with u = tanh z is largest in magnitude at u^2 = 1/3.
    public static Activation Tanh { get; } = new VectorActivation<VectorTanh>("Tanh", bound: 1, slopeBound: 1, curvatureBound: 4 / (3 * Math.Sqrt(3)), new RiccatiCoefficients(1, 0));

    /// <summary>The logistic function 1 / (1 + exp(-z)), with values in (0, 1).</summary>
    // It is (1 + tanh(z/2))/2: each derivative is tanh's, halved once and then once more for every order.
    public static Activation Logistic { get; } = new VectorActivation<VectorLogistic>("Logistic", bound: 1, slopeBound: 1.0 / 4, curvatureBound: 1 / (6 * Math.Sqrt(3)), new RiccatiCoefficients(0, 1));

    /// <summary>Every activation there is.</summary>
    public static IReadOnlyList<Activation> All { get; } = [Tanh, Logistic];

    /// <summary>The name used in messages and listings, for example <c>Tanh</c>.</summary>
    public string Name { get; }

    /// <summary>sigma_0, the supremum of |sigma| (the paper's Section 2.1): 1 for tanh and for the logistic function, approached at infinity.</summary>
    public double Bound { get; }

    /// <summary>sigma_1, the greatest |sigma'| (Section 2.1): 1 for tanh, 1/4 for the logistic function, attained at 0.</summary>
    public double SlopeBound { get; }

    /// <summary>sigma_2, the greatest |sigma''| (Section 2.1): 4/(3 sqrt 3) for tanh, 1/(6 sqrt 3) for the logistic function, attained where tanh(z), or tanh(z/2), is 1/sqrt 3 in magnitude.</summary>
    public double CurvatureBound { get; }

    /// <summary>The equation that the activation solves.</summary>
    internal RiccatiCoefficients Riccati { get; }

    /// <summary>The value at <paramref name="z"/>.</summary>
    public abstract double Value(double z);

    /// <summary>The first derivative at <paramref name="z"/>, accurate in the relative sense also where the function saturates.</summary>
    public abstract double Slope(double z);

    /// <summary>The values at all of <paramref name="z"/>.</summary>
    internal abstract void Evaluate(ReadOnlySpan<double> z, Span<double> value);

    /// <summary>The values and first derivatives at all of <paramref name="z"/>.</summary>
    internal abstract void Evaluate(ReadOnlySpan<double> z, Span<double> value, Span<double> slope);

    /// <summary>The activation's name.</summary>
    public sealed override string ToString() => Name;
}
