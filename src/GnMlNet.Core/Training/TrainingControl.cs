using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Core.Training;

/// <summary>How a caller watches training and ends it.</summary>
public sealed class TrainingControl : RunControl<TrainingIteration>
{
    /// <summary>What the run is written down by, or null. With several starts all of them are.</summary>
    public ITrainingRecorder? Recorder { get; init; }

    /// <summary>Told when an ensemble's training enters a stage, on the thread that runs; a single network has none.</summary>
    public IProgress<TrainingStage>? Stages { get; init; }

    /// <summary>Where checkpoints are kept, or null for none.</summary>
    public CheckpointOptions? Checkpoint { get; init; }
}
