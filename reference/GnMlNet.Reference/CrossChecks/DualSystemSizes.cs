namespace GnMlNet.Reference.CrossChecks;

/// <summary>The sizes that the rounding errors of a step in the dual form depend on.</summary>
/// <param name="Scale">s.</param>
/// <param name="LeastDiagonal">The least entry of M = Lambda + mu I.</param>
/// <param name="GreatestDiagonal">The greatest.</param>
/// <param name="SmallestEigenvalue">A lower bound of the smallest eigenvalue of t (I + s J M^-1 J^T), t being the least entry of M.</param>
/// <param name="RightNorm">|u|.</param>
/// <param name="RightError">The bound of its error.</param>
/// <param name="PenalizedNorm">At least |M^-1 c|, c = -Lambda theta; 0 without penalty.</param>
internal readonly record struct DualSystemSizes(
    double Scale, double LeastDiagonal, double GreatestDiagonal, double SmallestEigenvalue, double RightNorm, double RightError, double PenalizedNorm);
