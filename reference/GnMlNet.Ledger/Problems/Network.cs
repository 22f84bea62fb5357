namespace GnMlNet.Ledger.Problems;

/// <summary>phi(x; w) = sum_i c_i sigma(x . w^(i)) at n inputs. The weights w lie unit by unit: component k of unit i is w[i d + k].</summary>
/// <param name="activation">sigma.</param>
/// <param name="inputs">X, n x d.</param>
/// <param name="signs">c, m numbers, each 1 or -1.</param>
internal sealed class Network(Activation activation, RealMatrix inputs, int[] signs)
{
    // A matrix of more rows is not written out where a smaller one has the same eigenvalues.
    private const int MostRows = 64;

    /// <summary>sigma.</summary>
    internal Activation Activation => activation;

    /// <summary>X, n x d.</summary>
    internal RealMatrix Inputs => inputs;

    /// <summary>n.</summary>
    internal int Rows => inputs.Rows;

    /// <summary>d.</summary>
    internal int Dimension => inputs.Columns;

    /// <summary>m.</summary>
    internal int Units => signs.Length;

    /// <summary>p = m d.</summary>
    internal int Parameters => Units * Dimension;

    /// <summary>c_i.</summary>
    internal int Sign(int unit) => signs[unit];

    /// <summary>phi(w), n numbers.</summary>
    internal Real[] Outputs(Real[] weights)
    {
        var outputs = new Real[Rows];
        for (int j = 0; j < Rows; j++)
        {
            Real sum = 0;
            for (int i = 0; i < Units; i++) sum += signs[i] * activation.Value(Preactivation(j, i, weights));
            outputs[j] = sum;
        }

        return outputs;
    }

    /// <summary>J(w), n x p: row j, block i is c_i sigma'(x_j . w^(i)) x_j.</summary>
    internal RealMatrix Jacobian(Real[] weights)
    {
        var jacobian = new RealMatrix(Rows, Parameters);
        for (int j = 0; j < Rows; j++)
        {
            for (int i = 0; i < Units; i++)
            {
                Real slope = signs[i] * activation.Slope(Preactivation(j, i, weights));
                for (int k = 0; k < Dimension; k++) jacobian[j, (i * Dimension) + k] = slope * inputs[j, k];
            }
        }

        return jacobian;
    }

    /// <summary>D^2 phi(w)[v, v], n numbers: sum_i c_i sigma''(x_j . w^(i)) (x_j . v^(i))^2.</summary>
    internal Real[] SecondDerivative(Real[] weights, Real[] direction)
    {
        var second = new Real[Rows];
        for (int j = 0; j < Rows; j++)
        {
            Real sum = 0;
            for (int i = 0; i < Units; i++) sum += signs[i] * activation.Curvature(Preactivation(j, i, weights)) * Preactivation(j, i, direction).Square();
            second[j] = sum;
        }

        return second;
    }

    /// <summary>Contains every modulus sup over w of the derivative of J: no more than this, sigma_2 sqrt(lambda_max((X X^T) o (X X^T))).</summary>
    internal Real JacobianModulusAbove(int bits)
    {
        if (Rows > MostRows) return new FeatureMoments(this).JacobianModulusAbove(bits);
        RealMatrix products = inputs.RowGram();
        Real greatest = Eigenvalues.Greatest(RealMatrix.Symmetric(Rows, (i, j) => products[i, j].Square()));
        return (activation.GreatestCurvature(bits) * greatest.Sqrt()).Greatest;
    }

    /// <summary>At most the modulus of J: sigma_2 max_j |x_j|^2.</summary>
    internal Real JacobianModulusBelow(int bits)
    {
        Real greatest = 0;
        for (int j = 0; j < Rows; j++) greatest = Real.Max(greatest, RealVectors.SquaredNorm(inputs.Row(j)));
        return (activation.GreatestCurvature(bits) * greatest).Least;
    }

    /// <summary>The modulus of f: sigma_1 sqrt(m lambda_max(X^T X)), attained by J at w = 0.</summary>
    internal Real OutputModulus(int relativeBits = Eigenvalues.RelativeBits)
    {
        Real greatest = Eigenvalues.Greatest(inputs.Transpose().RowGram(), relativeBits);
        return activation.GreatestSlope * (Units * greatest).Sqrt();
    }

    /// <summary>The bound on it in the paper: sigma_1 sqrt(m sum_j |x_j|^2).</summary>
    internal Real PrintedOutputModulus()
    {
        Real sum = 0;
        for (int j = 0; j < Rows; j++) sum += RealVectors.SquaredNorm(inputs.Row(j));
        return activation.GreatestSlope * (Units * sum).Sqrt();
    }

    private Real Preactivation(int row, int unit, Real[] weights) => RealVectors.Dot(inputs.Row(row), weights.AsSpan(unit * Dimension, Dimension));
}
