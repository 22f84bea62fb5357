namespace GnMlNet.Core.Training;

/// <summary>What is to be known of an accepted inexact step beside its direction, damping and metric.</summary>
/// <param name="Share">Which multiple of the direction was taken, positive.</param>
/// <param name="Curvature">C+ of its equations, the lower triangle of each unit row by row; empty where it took no part.</param>
/// <param name="InverseAge">How many points before the one that the step begins at J^T W J of the last <see cref="Steps.DampedSystem.TryInvert"/> was made.</param>
/// <param name="RejectedDirections">The directions with less damping that were rejected at that point, in order.</param>
internal sealed record InexactStep(double Share, double[] Curvature, int InverseAge, IReadOnlyList<double[]> RejectedDirections);
