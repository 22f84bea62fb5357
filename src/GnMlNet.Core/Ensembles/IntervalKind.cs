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

    /// <summary>
    /// The errors of the finished ensemble on rows that neither training, nor the choice of iterations and weights, nor the scales of the columns have seen. Where these rows and a new one
    /// are exchangeable, its label lies in the interval with a probability of at least the level L, and with n of them of less than L + 1/(n + 1) where no two errors are equal (Vovk, Gammerman and
    /// Shafer 2005, proposition 2.3; Lei et al. 2018, theorem 2.2): ceil(L (n + 1))/(n + 1) over all draws of the rows, and for a given draw a share that is beta distributed around it. Intervals are infinite where n is less than
    /// L/(1 - L). Training on those rows afterwards would void all of it.
    /// </summary>
    HeldOutRows = 3,
}
