namespace GnMlNet.Cli.Models;

/// <summary>
/// Adds up the errors of predictions row by row: of R² = 1 - SSE / SST, SST around the mean of each block of rows, and the blocks by the differences of their means (Chan, Golub and LeVeque 1983). ML.NET's evaluator takes
/// both from sums of squares of the labels themselves, which cancel where labels lie far from zero and overflow or vanish where they are large or small; here everything is divided by the greatest number beforehand and
/// sums are compensated.
/// </summary>
internal sealed class ErrorTally
{
    private const int BlockRows = 1 << 16;

    private readonly List<double> _labels = [];
    private readonly List<double> _scores = [];
    private double _first;
    private bool _hasDistinct;
    private long _broken;
    private Part? _sum;

    /// <summary>How many rows were added.</summary>
    internal long Count { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="label">Its label, finite.</param>
    /// <param name="score">Its prediction.</param>
    internal void Add(double label, double score)
    {
        if (Count++ == 0) _first = label;
        _hasDistinct |= label != _first;
        if (!double.IsFinite(score)) _broken++;
        _labels.Add(label);
        _scores.Add(score);
        if (_labels.Count == BlockRows) EndBlock();
    }

    /// <summary>The errors of all rows.</summary>
    /// <exception cref="UserError">Some scores are not finite.</exception>
    internal Errors ToErrors()
    {
        if (Count == 0) return Errors.Unknown;
        if (_broken > 0) throw new UserError(Invariant($"{_broken} of {Count} rows have no finite prediction, so that errors cannot be told; look for missing or huge values in their features."));
        if (_labels.Count > 0) EndBlock();
        Part sum = _sum!;
        double squares = sum.Squares / sum.Count;
        return new Errors(Math.ScaleB(sum.Residual * Math.Sqrt(squares), sum.Exponent), Math.ScaleB(sum.Residual * (sum.Absolute / sum.Count), sum.Exponent), Determination(sum, squares));
    }

    private double? Determination(Part sum, double squares)
    {
        if (!_hasDistinct || sum.Deviation == 0) return null;
        double ratio = sum.Residual / sum.Deviation;
        return 1 - (ratio * ratio * (squares / (sum.Total / sum.Count)));
    }

    private void EndBlock()
    {
        if (_broken == 0)
        {
            var part = Part.Of(_labels, _scores, _first);
            _sum = _sum is null ? part : Part.Merge(_sum, part);
        }

        _labels.Clear();
        _scores.Clear();
    }

    /// <summary>The sums of some rows, in units of 2 to the exponent.</summary>
    /// <param name="Count">How many rows.</param>
    /// <param name="Exponent">The exponent of the unit.</param>
    /// <param name="Residual">The greatest residual.</param>
    /// <param name="Squares">The sum of the squares of the residuals, in units of the square of the greatest.</param>
    /// <param name="Absolute">The sum of their magnitudes, in units of the greatest.</param>
    /// <param name="Mean">The mean of the labels, from the first label of all on.</param>
    /// <param name="Deviation">The greatest deviation from it.</param>
    /// <param name="Total">The sum of the squares of the deviations, in units of the square of the greatest.</param>
    private sealed record Part(long Count, int Exponent, double Residual, double Squares, double Absolute, double Mean, double Deviation, double Total)
    {
        internal static Part Of(List<double> labels, List<double> scores, double first)
        {
            double greatest = Math.Max(Math.Max(Greatest(labels), Greatest(scores)), Math.Abs(first));
            int exponent = greatest == 0 ? 0 : Math.ILogB(greatest) + 1;
            double[] scaled = [.. labels.Select(label => Math.ScaleB(label, -exponent))];
            double[] residuals = [.. scores.Select((score, j) => scaled[j] - Math.ScaleB(score, -exponent))];
            double residual = Greatest(residuals), origin = Math.ScaleB(first, -exponent);
            // From the first label on: the differences of labels that lie close together are exact.
            double[] shifted = [.. scaled.Select(label => label - origin)];
            double mean = Sum(shifted) / shifted.Length;
            double[] deviations = [.. shifted.Select(value => value - mean)];
            double deviation = Greatest(deviations);
            double absolute = residual == 0 ? 0 : Sum(residuals.Select(value => Math.Abs(value) / residual));
            return new Part(labels.Count, exponent, residual, SumOfSquares(residuals, residual), absolute, mean, deviation, SumOfSquares(deviations, deviation));
        }

        internal static Part Merge(Part one, Part other)
        {
            int exponent = Math.Max(one.Exponent, other.Exponent);
            (one, other) = (one.To(exponent), other.To(exponent));
            long count = one.Count + other.Count;
            double apart = other.Mean - one.Mean, residual = Math.Max(one.Residual, other.Residual), deviation = Math.Max(Math.Max(one.Deviation, other.Deviation), Math.Abs(apart));
            double Squared(double value, double unit) => unit == 0 ? 0 : value / unit * (value / unit);
            return new Part(
                count,
                exponent,
                residual,
                (one.Squares * Squared(one.Residual, residual)) + (other.Squares * Squared(other.Residual, residual)),
                residual == 0 ? 0 : (one.Absolute * (one.Residual / residual)) + (other.Absolute * (other.Residual / residual)),
                one.Mean + (apart * other.Count / count),
                deviation,
                (one.Total * Squared(one.Deviation, deviation)) + (other.Total * Squared(other.Deviation, deviation)) + (Squared(apart, deviation) * one.Count * other.Count / count));
        }

        private Part To(int exponent) => this with
        {
            Exponent = exponent,
            Residual = Math.ScaleB(Residual, Exponent - exponent),
            Mean = Math.ScaleB(Mean, Exponent - exponent),
            Deviation = Math.ScaleB(Deviation, Exponent - exponent),
        };

        private static double Greatest(IEnumerable<double> values) => values.Max(Math.Abs);

        private static double SumOfSquares(double[] values, double greatest) => greatest == 0 ? 0 : Sum(values.Select(value => value / greatest * (value / greatest)));

        /// <summary>The sum, with what each addition rounds off added in the end (Neumaier).</summary>
        private static double Sum(IEnumerable<double> values)
        {
            double sum = 0, rest = 0;
            foreach (double value in values)
            {
                double next = sum + value;
                rest += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
                sum = next;
            }

            return sum + rest;
        }
    }
}
