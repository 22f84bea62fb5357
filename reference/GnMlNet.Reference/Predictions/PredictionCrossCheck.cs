using GnMlNet.Reference.Blocks;

namespace GnMlNet.Reference.Predictions;

/// <summary>
/// The certified errors of the columns that an ensemble writes, as a function of what its members say: in exact arithmetic these come to a score, an interval and a standard deviation. What the members say is
/// certified elsewhere.
/// </summary>
/// <remarks>docs/crosscheck.md, "Intervals of predictions".</remarks>
/// <param name="Columns">Score, and where there are intervals Lower, Upper and StandardDeviation.</param>
public sealed record PredictionCrossCheck(IReadOnlyList<ColumnFigure> Columns)
{
    private const double SingleUnit = 1.0 / (1L << 24);

    // The least positive single is twice this.
    private const double HalfOfLeastSingle = (double)float.Epsilon / 2;

    /// <summary>Certifies columns.</summary>
    /// <param name="ensemble">How the ensemble makes them.</param>
    /// <param name="predictions">At least one row.</param>
    /// <exception cref="ArgumentException">The numbers do not fit one another; the message says which.</exception>
    public static PredictionCrossCheck Of(RecordedEnsemble ensemble, IReadOnlyList<RecordedPrediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions.Count == 0) throw new ArgumentException("At least one row is needed.", nameof(predictions));
        foreach (RecordedPrediction prediction in predictions) Check(ensemble, prediction);
        PredictionColumn[] columns = ensemble.Intervals is null ? [PredictionColumn.Score] : Enum.GetValues<PredictionColumn>();
        (EnclosedPrediction Exact, RecordedPrediction Found, PredictionErrors Errors)[] rows =
            [.. predictions.Select(prediction => (new EnclosedPrediction(ensemble, prediction), prediction, PredictionErrors.Of(ensemble, prediction)))];
        return new PredictionCrossCheck([.. columns.Select(column => Figure(column, [.. rows.Select(row => Entry(column, row.Exact, row.Found, row.Errors))]))]);
    }

    private static void Check(RecordedEnsemble ensemble, RecordedPrediction prediction)
    {
        if (ensemble.Networks < 0 || ensemble.Networks > prediction.Values.Length) throw new ArgumentException($"There are {prediction.Values.Length} members, which cannot have {ensemble.Networks} networks among them.");
        if (prediction.Variances.Length != prediction.Values.Length) throw new ArgumentException($"There are {prediction.Values.Length} members and {prediction.Variances.Length} variances.");
        if (prediction.Values.Concat(prediction.Variances.OfType<double>()).Any(value => !double.IsFinite(value))) throw new ArgumentException("What a member says is not finite.");
    }

    private static ColumnFigure Figure(PredictionColumn column, IReadOnlyList<(CertifiedFigure Error, double Bound, Verdict Verdict)> entries)
    {
        Verdict[] verdicts = [.. entries.Select(entry => entry.Verdict)];
        return new ColumnFigure(
            column,
            CertifiedFigure.GreatestOf(entries.Select(entry => entry.Error)),
            entries.Max(entry => entry.Bound),
            verdicts.Contains(Verdict.Refuted) ? Verdict.Refuted : verdicts.Contains(Verdict.Undecided) ? Verdict.Undecided : Verdict.Proved,
            entries.Count);
    }

    private static (CertifiedFigure Error, double Bound, Verdict Verdict) Entry(PredictionColumn column, EnclosedPrediction exact, RecordedPrediction found, PredictionErrors errors)
    {
        if (column == PredictionColumn.Score) return Compare(exact.Score, found.Score, errors.Score);
        if (column == PredictionColumn.StandardDeviation) return Compare(exact.StandardDeviation, found.StandardDeviation, errors.StandardDeviation);
        bool isUpper = column == PredictionColumn.Upper;
        float value = isUpper ? found.Upper : found.Lower;
        (CertifiedFigure, double, Verdict) open = Compare(exact.OpenEnd(isUpper), value, 0), closed = Compare(isUpper ? exact.Upper : exact.Lower, value, errors.End);
        return exact.IsOpen(isUpper, errors.Mean) switch
        {
            Verdict.Proved => open,
            Verdict.Refuted => closed,
            // At the edge of the range either is right.
            _ => open.Item3 == Verdict.Proved ? open : closed,
        };
    }

    // A column is of singles: it is rounded once more.
    private static (CertifiedFigure Error, double Bound, Verdict Verdict) Compare(Ball? exact, float found, double bound)
    {
        if (exact is not { } value) return (new CertifiedFigure(0, 0), 0, float.IsInfinity(found) ? Verdict.Proved : Verdict.Refuted);
        double size = value.AbsUpper().ToDouble();
        if (!float.IsFinite(found)) return (CertifiedFigure.Unknown, bound, size <= float.MaxValue ? Verdict.Refuted : Verdict.Undecided);
        double all = bound + (SingleUnit * (size + bound)) + HalfOfLeastSingle;
        var error = CertifiedFigure.Of(Ball.Abs(Ball.Subtract(value, Ball.Exact((double)found), 192)));
        return (error, all, error.IsAtMost(all));
    }

    // Of what is computed in double, to first order in u, before the rounding to single.
    private readonly record struct PredictionErrors(double Mean, double Score, double End, double StandardDeviation)
    {
        internal static PredictionErrors Of(RecordedEnsemble ensemble, RecordedPrediction prediction)
        {
            int members = prediction.Values.Length;
            double size = prediction.Values.Max(Math.Abs), deviation = ensemble.LabelDeviation;
            // A median, a reach of at most 6 sizes, a clamp, a sum of all, a quotient; then two products and a sum.
            double mean = (members + 34) * RecordedKernel.DoubleUnit * size, score = (deviation * (mean + (2 * RecordedKernel.DoubleUnit * size))) + (2 * RecordedKernel.DoubleUnit * Math.Abs(ensemble.LabelMean));
            if (ensemble.Intervals is not { } intervals) return new PredictionErrors(mean, score, score, 0);
            double variances = prediction.Variances.OfType<double>().DefaultIfEmpty(0).Max() + intervals.ConstantLeverage + intervals.NoiseVariance;
            // Squares of differences of up to two sizes, each as far off as the means that it is of.
            double variance = RecordedKernel.DoubleUnit * (((members + 8) * variances) + (((20 * members) + 400) * size * size));
            double least = intervals.NoiseVariance > 0 ? Math.Min(Math.Sqrt(variance), variance / Math.Sqrt(intervals.NoiseVariance)) : Math.Sqrt(variance);
            double scale = deviation * (least + (4 * RecordedKernel.DoubleUnit * (Math.Sqrt(variances) + (2 * size))));
            return new PredictionErrors(mean, score, score + Times(intervals.Quantile, scale) + (2 * RecordedKernel.DoubleUnit * ((deviation * size) + Math.Abs(ensemble.LabelMean))), Times(intervals.ErrorScale, scale));
        }

        private static double Times(double factor, double error) => double.IsInfinity(factor) ? 0 : factor * error;
    }
}
