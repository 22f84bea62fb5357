namespace GnMlNet.Core.Training;

/// <summary>What the training of an ensemble is about to do.</summary>
public enum TrainingStage
{
    /// <summary>The kernels of the block are chosen by their evidence.</summary>
    Evidence,

    /// <summary>The output weights of the block are solved for.</summary>
    Solution,

    /// <summary>The networks are trained, iteration by iteration.</summary>
    Networks,

    /// <summary>Networks and block are weighed, the networks take their last steps with all rows, and intervals are calibrated.</summary>
    LastSteps,
}
