namespace GnMlNet.Ledger.Limits;

/// <summary>How each component of a hidden weight is drawn.</summary>
public enum HiddenLaw
{
    /// <summary>Normal with standard deviation q: the limit has the Gaussian kernel exp(-(q |x - z|)²/2).</summary>
    Normal,

    /// <summary>Cauchy with scale ρ: the limit has the Laplace kernel exp(-ρ Σ |x_k - z_k|).</summary>
    Cauchy,
}
