using System.Globalization;
using GnMlNet.Core.Data;
using GnMlNet.Core.Training;
using Microsoft.ML.Runtime;

namespace GnMlNet;

/// <summary>Warns of training labels so far off that squared errors would be about them alone.</summary>
internal static class LabelOutlierWarning
{
    /// <param name="found">What was found of the training rows.</param>
    /// <param name="rows">How many of them were looked at.</param>
    /// <param name="channel">Where the warning goes.</param>
    internal static void Report(LabelOutliers found, int rows, IChannel channel)
    {
        if (found.Count == 0) return;
        channel.Warning(string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Count} of {rows} training labels lie more than {LabelOutliers.Reach} robust deviations ({found.Deviation:G3}) from the median {found.Median:G6}. Where they are wrong, set {nameof(GaussNewtonRegressionTrainer.Options.Loss)} to {nameof(RegressionLoss)}.{nameof(RegressionLoss.Huber)}; where they are right, a transformed label, such as its logarithm, may be easier to learn."));
    }
}
