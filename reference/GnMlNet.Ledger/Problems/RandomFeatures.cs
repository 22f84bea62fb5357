namespace GnMlNet.Ledger.Problems;

/// <summary>phi(x; theta) = sum_i theta_i sigma(x . w^(i) + b_i) at n inputs, where only theta, m numbers, is trained: linear in it, with the features as its Jacobian everywhere.</summary>
internal sealed class RandomFeatures
{
    /// <param name="activation">sigma.</param>
    /// <param name="inputs">X, n x d.</param>
    /// <param name="hiddenWeights">w^(i), m x d.</param>
    /// <param name="shifts">b, m numbers.</param>
    internal RandomFeatures(Activation activation, RealMatrix inputs, RealMatrix hiddenWeights, Real[] shifts)
    {
        Inputs = inputs;
        Jacobian = RealMatrix.Of(inputs.Rows, shifts.Length, (j, i) => activation.Value(RealVectors.Dot(inputs.Row(j), hiddenWeights.Row(i)) + shifts[i]));
        Kernel = Jacobian.RowGram();
    }

    /// <summary>X, n x d.</summary>
    internal RealMatrix Inputs { get; }

    /// <summary>J, n x m, the same for every theta.</summary>
    internal RealMatrix Jacobian { get; }

    /// <summary>K = J J^T, n x n.</summary>
    internal RealMatrix Kernel { get; }

    /// <summary>m.</summary>
    internal int Units => Jacobian.Columns;
}
