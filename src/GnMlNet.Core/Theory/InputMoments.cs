using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Theory;

/// <summary>
/// What the bounds need to know of the inputs X: roots of the greatest eigenvalues of their second and fourth moments, dense, of the smaller of two
/// matrices that share them. Inputs are first divided by their largest magnitude, so that huge or tiny ones neither overflow nor vanish on the way.
/// </summary>
internal static class InputMoments
{
    internal static double SquaredNorm(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double entry in x) sum += entry * entry;
        return sum;
    }

    /// <summary>The rows of X divided by its largest magnitude, and that.</summary>
    internal static double[][] Scaled(ReadOnlySpan<double> inputs, int inputSize, out double scale)
    {
        scale = 0;
        foreach (double entry in inputs) scale = Math.Max(scale, Math.Abs(entry));
        var rows = new double[inputs.Length / inputSize][];
        for (int j = 0; j < rows.Length; j++)
        {
            rows[j] = inputs.Slice(j * inputSize, inputSize).ToArray();
            if (scale == 0) continue;
            for (int k = 0; k < inputSize; k++) rows[j][k] /= scale;
        }

        return rows;
    }

    /// <summary>sqrt(sum_j |x_j|^2).</summary>
    internal static double Norm(ReadOnlySpan<double> inputs, int inputSize) => Math.Sqrt(Scaled(inputs, inputSize, out double scale).Sum(x => SquaredNorm(x))) * scale;

    /// <summary>sqrt(lambda_max(X^T X)).</summary>
    internal static double Second(ReadOnlySpan<double> inputs, int inputSize) => GreatestSingularValue(Scaled(inputs, inputSize, out double scale)) * scale;

    /// <summary>max_j |x_j|^2.</summary>
    internal static double GreatestSquaredNorm(ReadOnlySpan<double> inputs, int inputSize) => Scaled(inputs, inputSize, out double scale).Max(x => SquaredNorm(x)) * scale * scale;

    /// <summary>sqrt(lambda_max(sum_j |x_j|^2 x_j x_j^T)).</summary>
    internal static double WeightedSecond(ReadOnlySpan<double> inputs, int inputSize)
    {
        double[][] weighted = Array.ConvertAll(Scaled(inputs, inputSize, out double scale), x =>
        {
            double norm = Math.Sqrt(SquaredNorm(x));
            return Array.ConvertAll(x, entry => norm * entry);
        });
        return GreatestSingularValue(weighted) * scale * scale;
    }

    /// <summary>sqrt(lambda_max((X X^T) o (X X^T))), o entry by entry.</summary>
    internal static double Fourth(ReadOnlySpan<double> inputs, int inputSize)
    {
        // (x_j . x_k)^2 is the product of the vectors of all x_a x_b, of which a pair with b > a counts twice.
        double[][] products = Array.ConvertAll(Scaled(inputs, inputSize, out double scale), x =>
        {
            var pairs = new double[x.Length * (x.Length + 1) / 2];
            int index = 0;
            for (int a = 0; a < x.Length; a++)
            {
                pairs[index++] = x[a] * x[a];
                for (int b = a + 1; b < x.Length; b++) pairs[index++] = Math.Sqrt(2) * x[a] * x[b];
            }

            return pairs;
        });
        return GreatestSingularValue(products) * scale * scale;
    }

    private static double GreatestSingularValue(double[][] rows)
    {
        Matrix<double> table = Matrix<double>.Build.DenseOfRowArrays(rows);
        Matrix<double> gram = table.RowCount < table.ColumnCount ? table.TransposeAndMultiply(table) : table.TransposeThisAndMultiply(table);
        return Math.Sqrt(Math.Max(0, gram.Evd(Symmetricity.Symmetric).EigenValues.Max(value => value.Real)));
    }
}
