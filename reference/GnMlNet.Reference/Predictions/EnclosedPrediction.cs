namespace GnMlNet.Reference.Predictions;

/// <summary>What an ensemble's members come to in exact arithmetic: score, ends of the interval and standard deviation, enclosed.</summary>
/// <remarks>docs/crosscheck.md, "Intervals of predictions".</remarks>
internal sealed class EnclosedPrediction
{
    private const int Bits = 192;

    private readonly RecordedEnsemble _ensemble;
    private readonly Ball _unlimited;

    internal EnclosedPrediction(RecordedEnsemble ensemble, RecordedPrediction prediction)
    {
        _ensemble = ensemble;
        Dyadic[] values = [.. prediction.Values.Select(Dyadic.FromDouble)], limited = [.. prediction.Values.Select(value => Dyadic.FromDouble(Math.Clamp(value, ensemble.RangeLeast, ensemble.RangeGreatest)))];
        Ball networks = Mean(limited[..ensemble.Networks]), kernel = Mean(limited[ensemble.Networks..]);
        _unlimited = Mixed(Mean(values[..ensemble.Networks]), Mean(values[ensemble.Networks..]));
        Score = Within(Add(Ball.Exact(ensemble.LabelMean), Times(Ball.Exact(ensemble.LabelDeviation), Mixed(networks, kernel))));
        if (ensemble.Intervals is not { } intervals) return;
        Ball ofNetworks = Add(Add(Mean(prediction.Variances[..ensemble.Networks]), Spread(limited[..ensemble.Networks])), Ball.Exact(intervals.ConstantLeverage));
        Ball ofKernel = Add(Mean(prediction.Variances[ensemble.Networks..]), Spread(limited[ensemble.Networks..]));
        Ball within = Add(Ball.Exact(intervals.NoiseVariance), Mixed(ofNetworks, ofKernel));
        Ball weight = Ball.Exact(ensemble.KernelWeight), both = Times(weight, Ball.Subtract(Ball.One, weight, Bits));
        Ball variance = Add(within, Times(both, Ball.Square(Ball.Subtract(networks, kernel, Bits), Bits)));
        Scale = Times(Ball.Exact(ensemble.LabelDeviation), Ball.Sqrt(variance, Bits));
    }

    /// <summary>Contains the score.</summary>
    internal Ball Score { get; }

    /// <summary>Contains the root of the variance in units of the label.</summary>
    internal Ball Scale { get; }

    /// <summary>Contains the standard deviation; null where it is infinite.</summary>
    internal Ball? StandardDeviation => double.IsInfinity(_ensemble.Intervals!.ErrorScale) ? null : Times(Ball.Exact(_ensemble.Intervals.ErrorScale), Scale);

    /// <summary>Contains the lower end where the interval is not open below the range of the labels; null where it is infinite all the same.</summary>
    internal Ball? Lower => End(isUpper: false);

    /// <summary>Contains the upper end in the same way.</summary>
    internal Ball? Upper => End(isUpper: true);

    /// <summary>Whether what the members come to lies beyond the range, so that the interval is open there.</summary>
    /// <param name="isUpper">Beyond its greatest label, else below its least.</param>
    /// <param name="distance">How far a computed mean may be from the exact one: within that it is undecided.</param>
    internal Verdict IsOpen(bool isUpper, double distance)
    {
        if (_ensemble.LabelDeviation == 0) return Verdict.Refuted;
        double edge = isUpper ? _ensemble.RangeGreatest : _ensemble.RangeLeast;
        if (double.IsInfinity(edge)) return Verdict.Refuted;
        Ball wide = new(_unlimited.Midpoint, _unlimited.Radius + Magnitude.Of(distance));
        return isUpper ? Ball.Less(Ball.Exact(edge), wide) : Ball.Less(wide, Ball.Exact(edge));
    }

    /// <summary>The end of an open interval: the bound of all labels, or null for none.</summary>
    internal Ball? OpenEnd(bool isUpper)
    {
        double bound = isUpper ? _ensemble.UpperBound : _ensemble.LowerBound;
        return double.IsInfinity(bound) ? null : Ball.Exact(bound);
    }

    private Ball? End(bool isUpper)
    {
        double quantile = _ensemble.Intervals!.Quantile;
        if (double.IsInfinity(quantile)) return OpenEnd(isUpper);
        Ball half = Times(Ball.Exact(quantile), Scale);
        return Within(isUpper ? Add(Score, half) : Ball.Subtract(Score, half, Bits));
    }

    private Ball Mean(Dyadic[] values) => EnclosedMean.Of(values, _ensemble.HasPlainMeans, Bits);

    // Of those members that tell their variance.
    private static Ball Mean(double?[] variances) => EnclosedMean.Of([.. variances.OfType<double>().Select(Dyadic.FromDouble)], isPlain: true, Bits);

    private static Ball Spread(Dyadic[] values)
    {
        if (values.Length < 2) return Ball.Zero;
        Ball mean = EnclosedMean.Of(values, isPlain: true, Bits), sum = Ball.Zero;
        foreach (Dyadic value in values) sum = Add(sum, Ball.Square(Ball.Subtract(Ball.Exact(value), mean, Bits), Bits));
        return Ball.Divide(sum, Ball.Exact(values.Length), Bits);
    }

    private Ball Mixed(Ball networks, Ball kernel)
    {
        Ball weight = Ball.Exact(_ensemble.KernelWeight);
        return Add(Times(Ball.Subtract(Ball.One, weight, Bits), networks), Times(weight, kernel));
    }

    // Bounds are numbers of doubles: a ball that reaches beyond one is cut off there, which moves no two points further apart.
    private Ball Within(Ball value)
    {
        if (Ball.Less(value, Bound(_ensemble.LowerBound)) == Verdict.Proved) return Ball.Exact(_ensemble.LowerBound);
        return Ball.Less(Bound(_ensemble.UpperBound), value) == Verdict.Proved ? Ball.Exact(_ensemble.UpperBound) : value;
    }

    // Infinity stands for a number beyond all doubles.
    private static Ball Bound(double bound) => double.IsInfinity(bound) ? Ball.Exact(Math.Sign(bound)) << 4096 : Ball.Exact(bound);

    private static Ball Add(Ball a, Ball b) => Ball.Add(a, b, Bits);

    private static Ball Times(Ball a, Ball b) => Ball.Multiply(a, b, Bits);
}
