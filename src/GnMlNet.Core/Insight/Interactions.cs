namespace GnMlNet.Core.Insight;

/// <summary>
/// How much the effect of two columns together is beyond the sum of two effects (Friedman and Popescu, Predictive learning via rule ensembles, Annals of Applied Statistics 2, 2008, section 8.1): with F the partial dependence less its mean over
/// the rows, H^2 = sum_i (F_jk(x_i) - F_j(x_i) - F_k(x_i))^2 / sum_i F_jk(x_i)^2.
/// </summary>
internal sealed class Interactions
{
    private readonly ExplainedModel _model;
    private readonly double[][] _rows;
    private readonly Dictionary<int, double[]> _single = [];

    /// <param name="model">The model.</param>
    /// <param name="rows">The rows that partial dependence is evaluated at and averaged over.</param>
    internal Interactions(ExplainedModel model, double[][] rows) => (_model, _rows) = (model, rows);

    /// <summary>H, and the root mean square of its numerator in the units of the label.</summary>
    internal (double Statistic, double Strength) Of(int first, int second)
    {
        double[] both = Centred([first, second]), one = Single(first), other = Single(second);
        double beyond = 0, total = 0;
        for (int i = 0; i < _rows.Length; i++)
        {
            double rest = both[i] - one[i] - other[i];
            beyond += rest * rest;
            total += both[i] * both[i];
        }

        return (total == 0 ? 0 : Math.Sqrt(beyond / total), Math.Sqrt(beyond / _rows.Length));
    }

    private double[] Single(int column) => _single.TryGetValue(column, out double[]? known) ? known : _single[column] = Centred([column]);

    private double[] Centred(int[] columns)
    {
        double[] values = PartialDependence.Means(_model, _rows, columns, [.. _rows.Select(row => columns.Select(column => row[column]).ToArray())]);
        double mean = values.Average();
        return [.. values.Select(value => value - mean)];
    }
}
