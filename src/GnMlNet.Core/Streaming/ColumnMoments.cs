using GnMlNet.Core.Data;

namespace GnMlNet.Core.Streaming;

/// <summary>
/// Range, weighted mean and weighted sum of squares about it of a column, block of rows by block of rows: the figures of two parts are joined as in Chan, Golub and LeVeque (1983), so that nothing cancels.
/// </summary>
internal struct ColumnMoments()
{
    private double _weight;
    private double _mean;
    private double _squares;

    /// <summary>The least value so far.</summary>
    internal double Least { get; private set; } = double.PositiveInfinity;

    /// <summary>The greatest value so far.</summary>
    internal double Greatest { get; private set; } = double.NegativeInfinity;

    /// <summary>Adds values.</summary>
    /// <param name="values">At least one finite number.</param>
    /// <param name="weights">Their weights, positive.</param>
    internal void Add(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        double weight = 0, sum = 0, squares = 0, first = values[0];
        for (int j = 0; j < values.Length; j++)
        {
            Least = Math.Min(Least, values[j]);
            Greatest = Math.Max(Greatest, values[j]);
            weight += weights[j];
            sum += weights[j] * (values[j] - first);
        }

        double mean = first + (sum / weight);
        for (int j = 0; j < values.Length; j++)
        {
            double difference = values[j] - mean;
            squares += weights[j] * difference * difference;
        }

        double total = _weight + weight, apart = mean - _mean;
        _squares += squares + (_weight == 0 ? 0 : apart * apart * (_weight / total) * weight);
        _mean += apart * (weight / total);
        _weight = total;
    }

    /// <summary>Mean and standard deviation.</summary>
    internal readonly ColumnScale Scale
    {
        get
        {
            if ((Greatest / 2) - (Least / 2) < ColumnScale.SmallestRange) return new ColumnScale(Least, 0);
            double deviation = Math.Sqrt(_squares / _weight);
            return new ColumnScale(_mean, deviation < ColumnScale.SmallestRange ? 0 : deviation);
        }
    }
}
