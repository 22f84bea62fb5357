using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace GnMlNet.Core.Insight;

/// <summary>
/// Where rows lie, and how far changes go: the range of every column of numbers, and the Mahalanobis distance from the mean of the rows. Changes u of the chosen columns are in their standard deviations. With the correlations R of all numeric columns,
/// of the chosen ones R_C: the square of a change is u^T R_C^-1 u, and that of the distance of the changed row (z + u)^T R^-1 (z + u). With fewer than ten rows for each column R is the identity.
/// </summary>
internal sealed class RowRegion
{
    private const int RowsPerColumn = 10;

    // Columns that determine each other have no inverse: then a hundredth of the correlation is given up.
    private const double LeastEigenvalue = 1e-6;
    private const double Shrinkage = 0.01;

    private readonly int[] _numbers;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly int[] _places;
    private readonly Matrix<double> _precision;

    /// <param name="model">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="start">The row that is changed.</param>
    /// <param name="chosen">The columns that may change, all of numbers that vary.</param>
    /// <param name="usualShare">The share of the rows within the limit.</param>
    internal RowRegion(ExplainedModel model, IReadOnlyList<double[]> rows, double[] start, int[] chosen, double usualShare)
    {
        Start = start;
        Chosen = chosen;
        int[] present = [.. Enumerable.Range(0, start.Length).Where(k => model.Columns[k].IsNumeric && double.IsFinite(start[k]))];
        double[][] complete = [.. rows.Where(row => present.All(k => double.IsFinite(row[k])))];
        if (complete.Length < 2) throw new ArgumentException("Fewer than two rows have all the numbers that the row has; a change needs rows to compare with.");
        double Mean(int k) => complete.Average(row => row[k]);
        double Deviation(int k)
        {
            double mean = Mean(k);
            return Math.Sqrt(complete.Average(row => (row[k] - mean) * (row[k] - mean)));
        }

        _numbers = [.. present.Where(k => complete.Any(row => row[k] != complete[0][k]))];
        foreach (int column in chosen)
        {
            if (!_numbers.Contains(column)) throw new ArgumentException($"Column '{model.Columns[column].Name}' has the same value in all rows, so that nothing is known of a change of it.");
        }

        (_means, _deviations) = ([.. _numbers.Select(Mean)], [.. _numbers.Select(Deviation)]);
        _places = [.. chosen.Select(column => Array.IndexOf(_numbers, column))];
        HasCorrelations = complete.Length >= RowsPerColumn * _numbers.Length;
        Matrix<double> correlations = HasCorrelations ? Correlations(complete) : Matrix<double>.Build.DenseIdentity(_numbers.Length);
        _precision = correlations.Inverse();
        Metric = Of(correlations).Inverse();
        Curvature = Of(_precision);
        DenseVector pull = (DenseVector)_precision.Multiply(Standardize(start));
        Pull = DenseVector.Create(_places.Length, k => pull[_places[k]]);

        (Least, Greatest) = (new double[chosen.Length], new double[chosen.Length]);
        for (int k = 0; k < chosen.Length; k++)
        {
            int column = chosen[k];
            (Least[k], Greatest[k]) = (Math.Min(start[column], complete.Min(row => row[column])), Math.Max(start[column], complete.Max(row => row[column])));
        }

        double[] unusual = [.. complete.Select(Unusualness).Order()];
        Limit = Math.Max(unusual[(int)Math.Ceiling(usualShare * unusual.Length) - 1], Unusualness(start));
    }

    /// <summary>The row that is changed.</summary>
    internal double[] Start { get; }

    /// <summary>The columns that may change.</summary>
    internal int[] Chosen { get; }

    /// <summary>Whether distances regard correlations.</summary>
    internal bool HasCorrelations { get; }

    /// <summary>R_C^-1.</summary>
    internal Matrix<double> Metric { get; }

    /// <summary>The rows and columns of R^-1 that are of chosen columns.</summary>
    internal Matrix<double> Curvature { get; }

    /// <summary>The part of R^-1 z that is of chosen columns: with <see cref="Curvature"/> how the squared distance of the row changes.</summary>
    internal DenseVector Pull { get; }

    /// <summary>The least value of each chosen column.</summary>
    private double[] Least { get; }

    /// <summary>The greatest value of each chosen column.</summary>
    private double[] Greatest { get; }

    /// <summary>The greatest Mahalanobis distance of a row.</summary>
    internal double Limit { get; }

    /// <summary>The least change of a chosen column.</summary>
    internal double Lower(int k) => (Least[k] - Start[Chosen[k]]) / Unit(k);

    /// <summary>The greatest change of a chosen column.</summary>
    internal double Upper(int k) => (Greatest[k] - Start[Chosen[k]]) / Unit(k);

    /// <summary>The standard deviation of a chosen column.</summary>
    internal double Unit(int k) => _deviations[_places[k]];

    /// <summary>The changed row: within the ranges, and bit by bit the same in all columns but the chosen.</summary>
    internal double[] Row(DenseVector change)
    {
        double[] row = [.. Start];
        for (int k = 0; k < Chosen.Length; k++)
        {
            if (change[k] != 0) row[Chosen[k]] = Math.Clamp(Start[Chosen[k]] + (change[k] * Unit(k)), Least[k], Greatest[k]);
        }

        return row;
    }

    /// <summary>The change that gives the chosen columns the values of another row.</summary>
    internal DenseVector ChangeTo(double[] row) => DenseVector.Create(Chosen.Length, k => (Math.Clamp(row[Chosen[k]], Least[k], Greatest[k]) - Start[Chosen[k]]) / Unit(k));

    /// <summary>The size of a change.</summary>
    internal double Distance(DenseVector change) => Math.Sqrt(Math.Max(0, change * Metric * change));

    /// <summary>The Mahalanobis distance of a row from the mean.</summary>
    internal double Unusualness(double[] row)
    {
        DenseVector z = Standardize(row);
        return Math.Sqrt(Math.Max(0, z * _precision * z));
    }

    /// <summary>Whether a row is no more unusual than it may be.</summary>
    internal bool Holds(double[] row) => Unusualness(row) <= Limit * (1 + 1e-9);

    private DenseVector Standardize(double[] row) => DenseVector.Create(_numbers.Length, k => (row[_numbers[k]] - _means[k]) / _deviations[k]);

    private Matrix<double> Of(Matrix<double> all) => Matrix<double>.Build.Dense(_places.Length, _places.Length, (i, j) => all[_places[i], _places[j]]);

    private Matrix<double> Correlations(double[][] rows)
    {
        Matrix<double> z = Matrix<double>.Build.DenseOfRows(rows.Select(row => Standardize(row).AsEnumerable()));
        Matrix<double> correlations = z.TransposeThisAndMultiply(z) / rows.Length;
        bool isSingular = correlations.Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real) < LeastEigenvalue;
        return isSingular ? (correlations * (1 - Shrinkage)) + (Shrinkage * Matrix<double>.Build.DenseIdentity(_numbers.Length)) : correlations;
    }
}
