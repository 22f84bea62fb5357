using GnMlNet.Core.Training;

namespace GnMlNet.Cli.Tracing;

/// <summary>An iteration of training with the spectrum of its curvature, NaN where it was not asked for.</summary>
internal readonly record struct TracedIteration(TrainingIteration Iteration, double Condition, double EffectiveRank);
