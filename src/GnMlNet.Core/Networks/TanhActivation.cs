using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Networks;

/// <summary>tanh and its derivative.</summary>
internal sealed class TanhActivation : Activation
{
    internal TanhActivation() : base("Tanh")
    {
    }

    public override double Value(double z) => VectorMap<VectorTanh>.Value(z);

    public override double Slope(double z) => VectorMap<VectorTanh>.Slope(z);

    internal override void Evaluate(ReadOnlySpan<double> z, Span<double> value) => VectorMap<VectorTanh>.Evaluate(z, value);

    internal override void Evaluate(ReadOnlySpan<double> z, Span<double> value, Span<double> slope) => VectorMap<VectorTanh>.Evaluate(z, value, slope);
}
