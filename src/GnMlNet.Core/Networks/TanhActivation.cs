namespace GnMlNet.Core.Networks;

/// <summary>tanh and its derivative.</summary>
internal sealed class TanhActivation : Activation
{
    internal TanhActivation() : base("Tanh")
    {
    }

    public override double Value(double z) => Math.Tanh(z);

    /// <summary>
    /// tanh'(z) = 1 - tanh(z)^2, computed as 4 e / (1 + e)^2 with e = exp(-2|z|):
    /// the subtraction would lose every digit near saturation.
    /// </summary>
    public override double Slope(double z)
    {
        double e = Math.Exp(-2 * Math.Abs(z));
        return 4 * e / ((1 + e) * (1 + e));
    }

    internal override void Evaluate(ReadOnlySpan<double> z, Span<double> value)
    {
        for (int j = 0; j < z.Length; j++) value[j] = Value(z[j]);
    }

    internal override void Evaluate(ReadOnlySpan<double> z, Span<double> value, Span<double> slope)
    {
        for (int j = 0; j < z.Length; j++) (value[j], slope[j]) = (Value(z[j]), Slope(z[j]));
    }
}
