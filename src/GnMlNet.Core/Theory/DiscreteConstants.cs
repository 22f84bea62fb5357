namespace GnMlNet.Core.Theory;

/// <summary>What Theorem 2 as printed asks for beside the constants of the loss and the network.</summary>
public sealed record DiscreteConstants
{
    /// <param name="curvatureBound">sigma_2; at least 0.</param>
    /// <param name="outputModulus">Lip_f, from <see cref="Theory.OutputModulus"/>; positive.</param>
    /// <param name="rowCount">n, at least 1.</param>
    /// <param name="hiddenSize">m, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A constant is outside its range.</exception>
    public DiscreteConstants(double curvatureBound, double outputModulus, int rowCount, int hiddenSize)
    {
        CurvatureBound = Argument.NotNegative(curvatureBound);
        OutputModulus = Argument.Positive(outputModulus);
        RowCount = Argument.Count(rowCount);
        HiddenSize = Argument.Count(hiddenSize);
    }

    /// <summary>sigma_2, the greatest |sigma''|.</summary>
    public double CurvatureBound { get; }

    /// <summary>Lip_f, the Lipschitz modulus of w -> f(w) or a bound on it.</summary>
    public double OutputModulus { get; }

    /// <summary>n, the number of rows.</summary>
    public int RowCount { get; }

    /// <summary>m, the number of hidden units.</summary>
    public int HiddenSize { get; }
}
