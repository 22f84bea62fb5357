using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>One network of an ensemble. Immutable.</summary>
/// <param name="Network">The network, from mapped features to the standardized label.</param>
/// <param name="Map">Which of the ensemble's maps gives its inputs, counted from 0.</param>
/// <param name="Evidence">The precisions that its training ended with, or null where its penalty was fixed.</param>
/// <param name="Leverage">How uncertain its value is at a row, or null where that is not kept: without intervals, or where it would take too much memory.</param>
public sealed record EnsembleMember(Network Network, int Map, Evidence? Evidence, Leverage? Leverage = null);
