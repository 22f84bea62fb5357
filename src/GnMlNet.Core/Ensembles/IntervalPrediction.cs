using GnMlNet.Core.Data;

namespace GnMlNet.Core.Ensembles;

/// <summary>A prediction with its uncertainty, in the units of the label.</summary>
/// <param name="Score">The prediction.</param>
/// <param name="Lower">The lower end of the interval; minus infinity where too few rows were there to calibrate it.</param>
/// <param name="Upper">The upper end of the interval; infinity where too few rows were there to calibrate it.</param>
/// <param name="StandardDeviation">The root mean square error to expect here: the noise of the label and the uncertainty of the prediction.</param>
public readonly record struct IntervalPrediction(double Score, double Lower, double Upper, double StandardDeviation)
{
    /// <summary>The same with both ends confined to bounds.</summary>
    internal IntervalPrediction Within(LabelBounds bounds) => this with { Lower = bounds.Limit(Lower), Upper = bounds.Limit(Upper) };
}
