using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Networks;

/// <summary>The logistic function and its derivative.</summary>
internal sealed class LogisticActivation : Activation
{
    internal LogisticActivation() : base("Logistic")
    {
    }

    public override double Value(double z) => VectorMap<VectorLogistic>.Value(z);

    public override double Slope(double z) => VectorMap<VectorLogistic>.Slope(z);

    internal override void Evaluate(ReadOnlySpan<double> z, Span<double> value) => VectorMap<VectorLogistic>.Evaluate(z, value);

    internal override void Evaluate(ReadOnlySpan<double> z, Span<double> value, Span<double> slope) => VectorMap<VectorLogistic>.Evaluate(z, value, slope);
}
