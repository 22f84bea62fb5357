using GnMlNet.Reference.Systems;

namespace GnMlNet.Reference.Minimizers;

/// <summary>The objective at a point, enclosed.</summary>
/// <param name="Point">The point, with the penalty in its loss E and its gradient g.</param>
/// <param name="Squares">Contains sum_j w_j r_j^2, without the penalty.</param>
internal sealed record ObjectivePoint(EnclosedPoint Point, Ball Squares)
{
    /// <summary>Contains E.</summary>
    internal Ball Objective => new(Point.Loss, Point.LossError);

    /// <summary>A bound on |g|.</summary>
    internal Magnitude GradientNorm => Norms.Euclidean(Point.Gradient) + Norms.Euclidean(Point.GradientErrors);
}
