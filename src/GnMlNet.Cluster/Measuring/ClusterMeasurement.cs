using GnMlNet.Cluster.Costs;

namespace GnMlNet.Cluster.Measuring;

/// <summary>What was measured of a cluster.</summary>
/// <param name="Silos">How many silos computed.</param>
/// <param name="Rows">The rows of the table.</param>
/// <param name="Inputs">Their inputs.</param>
/// <param name="HiddenUnits">The hidden units of the network.</param>
/// <param name="Parts">The parts of the table.</param>
/// <param name="AtOnce">How many sums were under way at a time.</param>
/// <param name="Gradient">Passes for loss and gradient.</param>
/// <param name="Gram">Passes for J^T W J.</param>
/// <param name="Sample">Passes for J^T W J over one block of every part.</param>
/// <param name="EmptySumSeconds">Seconds of a sum of one number from every silo, the median.</param>
/// <param name="Rates">What follows for the model of the costs.</param>
internal sealed record ClusterMeasurement(
    int Silos, long Rows, int Inputs, int HiddenUnits, int Parts, int AtOnce, PassTimes Gradient, PassTimes Gram, PassTimes Sample, double EmptySumSeconds, ClusterRates Rates);
