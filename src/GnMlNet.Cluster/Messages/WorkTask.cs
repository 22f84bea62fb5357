namespace GnMlNet.Cluster.Messages;

/// <summary>What a silo is asked to do.</summary>
internal enum WorkTask
{
    /// <summary>To make the work on the table ready; the request is its description.</summary>
    Prepare,

    /// <summary>To add the vectors of parts; an answer for each node.</summary>
    Sum,

    /// <summary>To do a member's piece of work; one answer.</summary>
    Run,
}
