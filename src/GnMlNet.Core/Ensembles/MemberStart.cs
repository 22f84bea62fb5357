using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>Where the training of a member begins.</summary>
/// <param name="Rows">The rows that it trains on and those that it leaves out.</param>
/// <param name="FirstRows">How many of the training rows it begins with.</param>
/// <param name="Parameters">Its weights.</param>
/// <param name="Evidence">Its precisions, or null for the usual ones.</param>
internal sealed record MemberStart(MemberRows Rows, int FirstRows, double[] Parameters, Evidence? Evidence);
