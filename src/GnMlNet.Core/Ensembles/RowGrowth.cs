using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Core.Ensembles;

/// <summary>
/// How many of its training rows each member of an ensemble trains on. Where there are very many, the first iterations are as good with some of them and cost a fraction. Rows are doubled as soon as the
/// left-out error no longer falls with those that there are, until doubling them no longer pays; the last steps have all of them. A small state machine that sees only numbers.
/// </summary>
internal sealed class RowGrowth
{
    // Fewer rows, or fewer for each parameter, would leave the evidence too little to go by.
    private const int LeastRows = 25_000;
    private const int LeastRowsPerParameter = 20;

    // By how much the squared error must fall from one rung to the next, or by a doubling of the rows.
    private const double WorthwhileFall = 0.002;

    private readonly int _total;
    private double _best = double.PositiveInfinity;
    private double _bestOfFewer = double.PositiveInfinity;

    /// <param name="rows">How many training rows a member has.</param>
    /// <param name="parameters">p.</param>
    internal RowGrowth(int rows, long parameters)
    {
        _total = rows;
        Rows = (int)FirstRows(rows, parameters);
    }

    /// <summary>How many rows members train on now.</summary>
    internal int Rows { get; private set; }

    /// <summary>Whether they stay that many: all rows, or as many as pay.</summary>
    internal bool IsSettled => Rows == _total || (double.IsFinite(_best) && _best > (1 - WorthwhileFall) * _bestOfFewer);

    /// <summary>How many rows members begin with.</summary>
    internal static long FirstRows(long rows, long parameters)
    {
        long least = Math.Max(LeastRows, LeastRowsPerParameter * parameters);
        // Half the rows save too little.
        return 2 * least <= rows ? least : rows;
    }

    /// <summary>A rung was judged; tells whether members get more rows.</summary>
    /// <param name="error">The squared error on left-out rows, or NaN where there are none.</param>
    /// <param name="isLast">Whether training would end here.</param>
    internal bool Judge(double error, bool isLast)
    {
        if (double.IsNaN(error)) return false;
        bool falls = error < (1 - WorthwhileFall) * _best;
        if (error < _best) _best = error;
        if ((falls && !isLast) || IsSettled) return false;
        Rows = 2L * Rows > _total / 2 ? _total : 2 * Rows;
        (_bestOfFewer, _best) = (_best, double.PositiveInfinity);
        return true;
    }

    internal void WriteState(StateWriter writer)
    {
        writer.Write(Rows);
        writer.Write([_best, _bestOfFewer]);
    }

    internal void ReadState(StateReader reader)
    {
        Rows = reader.ReadInt32(1, _total, "the number of rows that members train on");
        double[] errors = reader.ReadAny(2, "the least errors with so many rows and with fewer");
        (_best, _bestOfFewer) = (errors[0], errors[1]);
    }
}
