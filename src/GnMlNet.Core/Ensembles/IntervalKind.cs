namespace GnMlNet.Core.Ensembles;

/// <summary>What the width of prediction intervals is calibrated on. The numbers are saved in model files, so they never change.</summary>
public enum IntervalKind
{
    /// <summary>There are no intervals.</summary>
    None = 0,

    /// <summary>
    /// The errors of the members that left a row out, which are larger than the ensemble's on average: the intervals hold at least as often as the level says
    /// where rows are exchangeable and the learner is stable.
    /// </summary>
    LeftOutRows = 1,

    /// <summary>The same errors, scaled toward the estimated error of the whole ensemble: tighter, and calibrated in practice.</summary>
    Ensemble = 2,
}
