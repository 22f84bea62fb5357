using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Networks;

/// <summary>
/// A smooth bounded activation function of the hidden units (the paper's sigma, Section 2.1):
/// bounded together with its first derivative, which training calls the slope.
/// </summary>
public abstract class Activation
{
    private protected Activation(string name) => Name = name;

    /// <summary>The hyperbolic tangent, with values in (-1, 1).</summary>
    public static Activation Tanh { get; } = new VectorActivation<VectorTanh>("Tanh");

    /// <summary>The logistic function 1 / (1 + exp(-z)), with values in (0, 1).</summary>
    public static Activation Logistic { get; } = new VectorActivation<VectorLogistic>("Logistic");

    /// <summary>Every activation there is.</summary>
    public static IReadOnlyList<Activation> All { get; } = [Tanh, Logistic];

    /// <summary>The name used in messages and listings, for example <c>Tanh</c>.</summary>
    public string Name { get; }

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
