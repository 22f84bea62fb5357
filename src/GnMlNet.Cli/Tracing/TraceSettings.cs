using GnMlNet.Cli.Tables;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Training;

namespace GnMlNet.Cli.Tracing;

/// <summary>What <c>gnml trace</c> was asked for: training or the paper's flow.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">How many of its rows to draw, or null for all.</param>
/// <param name="SubsetSeed">The seed of that draw.</param>
/// <param name="Seed">The seed of the initial weights.</param>
/// <param name="Training">The options of training, or null for a flow.</param>
/// <param name="Flow">The options of the flow, or null for training.</param>
/// <param name="WithSpectrum">Whether condition and effective rank are found at every step.</param>
/// <param name="Folder">The folder to write to.</param>
internal sealed record TraceSettings(
    TableSettings Table, int? Rows, int SubsetSeed, int Seed, TrainingOptions? Training, FlowTrainingOptions? Flow, bool WithSpectrum, string Folder);
