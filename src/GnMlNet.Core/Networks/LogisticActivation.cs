namespace GnMlNet.Core.Networks;

/// <summary>The logistic function and its derivative.</summary>
internal sealed class LogisticActivation : Activation
{
    internal LogisticActivation() : base("Logistic")
    {
    }

    /// <summary>1 / (1 + exp(-z)); for negative z written as e / (1 + e) with e = exp(z), which cannot overflow.</summary>
    public override double Value(double z)
    {
        double e = Math.Exp(-Math.Abs(z));
        return z >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>e / (1 + e)^2 with e = exp(-|z|).</summary>
    public override double Slope(double z)
    {
        double e = Math.Exp(-Math.Abs(z));
        return e / ((1 + e) * (1 + e));
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
