namespace GnMlNet.Cluster.Messages;

/// <summary>How far an order is.</summary>
internal enum WorkStage
{
    /// <summary>The silo has no such order: it was started anew, or has waited too long for a sign of life.</summary>
    Unknown,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>The answers can be fetched.</summary>
    Done,

    /// <summary>The work threw an exception.</summary>
    Failed,
}
