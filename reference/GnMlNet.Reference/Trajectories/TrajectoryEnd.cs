namespace GnMlNet.Reference.Trajectories;

/// <summary>Why an exact trajectory was followed no further.</summary>
public enum TrajectoryEnd
{
    /// <summary>The recorded run ends here.</summary>
    RunEnded,

    /// <summary>The radius would grow beyond 2^-50 of the parameters and hide what rounding does: more bits are needed.</summary>
    RadiusTooWide,

    /// <summary>The matrix of the next step is not proved to be positive definite over the ball.</summary>
    NotPositiveDefinite,

    /// <summary>The next step is none that can be repeated: the run was integrated by another scheme than Euler's, or not every step was recorded.</summary>
    NotRecorded,

    /// <summary>There are more parameters than rows; only systems that are written out are followed.</summary>
    MoreParametersThanRows,
}
