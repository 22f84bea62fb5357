using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Networks;

/// <summary>An activation whose function works on whole vectors; one number at a time gives the same bits.</summary>
internal sealed class VectorActivation<TFunction> : Activation
    where TFunction : struct, IVectorFunction
{
    internal VectorActivation(string name, double bound, double slopeBound, double curvatureBound, RiccatiCoefficients riccati)
        : base(name, bound, slopeBound, curvatureBound, riccati)
    {
    }

    public override double Value(double z) => VectorMap<TFunction>.Value(z);

    public override double Slope(double z) => VectorMap<TFunction>.Slope(z);

    internal override void Evaluate(ReadOnlySpan<double> z, Span<double> value) => VectorMap<TFunction>.Evaluate(z, value);

    internal override void Evaluate(ReadOnlySpan<double> z, Span<double> value, Span<double> slope) => VectorMap<TFunction>.Evaluate(z, value, slope);
}
