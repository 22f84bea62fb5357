using GnMlNet.Core.Ensembles;

namespace GnMlNet.Core.Insight;

/// <summary>The smallest change that was found to bring a score to a target; or, where none was found, how near one comes.</summary>
/// <param name="IsFound">Whether the changed row was predicted to be at the target, within the tolerance.</param>
/// <param name="Target">The target.</param>
/// <param name="Row">The changed row, a number for each column; that which comes nearest to the target where it was not reached.</param>
/// <param name="Changes">One for each column that was to be changed.</param>
/// <param name="Before">The prediction for the row as it was.</param>
/// <param name="Prediction">The prediction for the changed row.</param>
/// <param name="Distance">The size of the change, in standard deviations: its Mahalanobis distance.</param>
/// <param name="Unusualness">The Mahalanobis distance of the changed row from the mean of the rows, over the columns of numbers.</param>
/// <param name="UnusualnessLimit">What it may be at most: what the usual share of the rows do not exceed, or that of the row as it was where that is more.</param>
/// <param name="HasCorrelations">Whether distances regard correlations; false where there are too few rows to know them, and each column counts for itself.</param>
public sealed record WhatIfResult(
    bool IsFound,
    WhatIfTarget Target,
    double[] Row,
    IReadOnlyList<WhatIfChange> Changes,
    IntervalPrediction Before,
    IntervalPrediction Prediction,
    double Distance,
    double Unusualness,
    double UnusualnessLimit,
    bool HasCorrelations);
