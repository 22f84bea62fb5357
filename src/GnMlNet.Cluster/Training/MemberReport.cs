using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Training;

/// <summary>Where a member is.</summary>
/// <param name="Latest">What its last iteration did.</param>
/// <param name="Parameters">Its weights.</param>
/// <param name="Evidence">Its precisions, or null where the penalty is fixed.</param>
internal sealed record MemberReport(TrainingIteration Latest, double[] Parameters, Evidence? Evidence);
