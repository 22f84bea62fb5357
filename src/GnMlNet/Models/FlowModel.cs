using GnMlNet.Core.Data;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Networks;

namespace GnMlNet.Models;

/// <summary>A network trained by the paper's flow, as an ordinary network of twice as many units, with the flow.</summary>
/// <param name="Nullified">The network as the paper writes it.</param>
/// <param name="Trajectory">The flow.</param>
/// <param name="Training">How training went.</param>
internal sealed record FlowModel(NullifiedNetwork Nullified, Trajectory Trajectory, TrainingRecord Training) : SingleNetworkModel(Nullified.Network, LabelBounds.None, Training);
