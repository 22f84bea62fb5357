namespace GnMlNet.Core.Ensembles;

/// <summary>Whether the score has a derivative by a feature at a row.</summary>
public enum SlopeState
{
    /// <summary>It has one; 0 where the prediction is cut off at a limit or the feature beyond the training rows.</summary>
    Exists,

    /// <summary>The derivatives to the left and to the right differ: at a value of a training row where the kernel has a Laplace part, where training rows end, where a limit of predictions or of outliers among members is just reached.</summary>
    Kink,

    /// <summary>The feature is an indicator of a categorical column, of which there is nothing between 0 and 1.</summary>
    Categorical,

    /// <summary>The feature is no number that is passed on as it is: what becomes of it before the model sees it has no derivative that is known here.</summary>
    Transformed,

    /// <summary>There is no prediction, since a feature is missing or infinite.</summary>
    NoPrediction,
}
