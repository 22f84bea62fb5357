namespace GnMlNet.Core.Training;

/// <summary>How much the error of a row counts in training.</summary>
public enum RegressionLoss
{
    /// <summary>Its square: the best choice for normal noise, but a few wrong labels can outweigh all others.</summary>
    SquaredError,

    /// <summary>
    /// Huber's: its square up to 1.345 standard deviations of the noise, and beyond that only as a straight line, by weights that rows with outlying labels get before training starts
    /// (<see cref="Kernels.RobustWeights"/>). With normal noise hardly anything is lost.
    /// </summary>
    Huber,
}
