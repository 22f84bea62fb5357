namespace GnMlNet.Reference.Blocks;

/// <summary>What the fast path computes of a block beyond its coefficients, as plain numbers; each may be missing.</summary>
public sealed record ComputedBlockValues
{
    /// <summary>For each of the n rows the prediction of the block of all others, in units of the label, or null.</summary>
    public double[]? LeftOutPredictions { get; init; }

    /// <summary>q further rows, q x d row by row, as the kernel sees them.</summary>
    public double[] Rows { get; init; } = [];

    /// <summary>k_xᵀa at each of the <see cref="Rows"/>, in units of the label, or null.</summary>
    public double[]? Predictions { get; init; }

    /// <summary>k(x, x) - k_xᵀ C⁻¹ k_x at each of the <see cref="Rows"/>, in units of the label squared, or null.</summary>
    public double[]? Variances { get; init; }
}
