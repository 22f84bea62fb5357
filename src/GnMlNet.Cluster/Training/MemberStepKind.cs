namespace GnMlNet.Cluster.Training;

/// <summary>The kinds of <see cref="MemberStep"/>.</summary>
internal enum MemberStepKind
{
    /// <summary>Takes a step of training.</summary>
    Advance,

    /// <summary>Remembers the present state as the best one.</summary>
    Keep,

    /// <summary>Goes on with more rows.</summary>
    Grow,

    /// <summary>Takes no more steps.</summary>
    Rest,
}
