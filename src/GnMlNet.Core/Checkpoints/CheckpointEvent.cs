namespace GnMlNet.Core.Checkpoints;

/// <summary>What happened to a checkpoint.</summary>
public enum CheckpointEvent
{
    /// <summary>There was none to go on from, so training begins.</summary>
    NoneYet,

    /// <summary>Training goes on from it.</summary>
    Resumed,

    /// <summary>It was written.</summary>
    Written,

    /// <summary>It could not be written; training goes on, and the one before is as it was.</summary>
    Failed,
}
