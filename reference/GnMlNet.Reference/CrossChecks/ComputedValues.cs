namespace GnMlNet.Reference.CrossChecks;

/// <summary>What the fast path computes at an iterate beyond what a trace holds, as plain numbers; each may be missing.</summary>
public sealed record ComputedValues
{
    /// <summary>f at every row, n numbers, or null.</summary>
    public double[]? Outputs { get; init; }

    /// <summary>f at every row rounded to single precision, n numbers, or null.</summary>
    public double[]? Scores { get; init; }

    /// <summary>The gradient as the equations of the step have it, p numbers, or null.</summary>
    public double[]? Gradient { get; init; }

    /// <summary>2 where <see cref="Gradient"/> is that of a sum of squares, 1 where it is half of it.</summary>
    public double GradientFactor { get; init; } = 1;

    /// <summary>J^T Omega J, p x p row by row, or null.</summary>
    public double[]? Gram { get; init; }

    /// <summary>Omega of <see cref="Gram"/>, n numbers.</summary>
    public double[] GramWeights { get; init; } = [];

    /// <summary>The leverage of some rows, j^T T^T T j with the derivatives j of f by all parameters, or null.</summary>
    public double[]? Leverages { get; init; }

    /// <summary>Which rows these are.</summary>
    public int[] LeverageRows { get; init; } = [];

    /// <summary>T of <see cref="Leverages"/>, a lower triangle in single precision, p (p + 1)/2 numbers row by row.</summary>
    public float[] LeverageTriangle { get; init; } = [];
}
