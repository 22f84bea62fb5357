namespace GnMlNet.Core.Dynamics;

/// <summary>Why the integration of a flow ended. The numbers are saved in model files, so they never change.</summary>
public enum FlowEnd
{
    /// <summary>It reached its duration.</summary>
    Duration = 0,

    /// <summary>H is rank-deficient to working precision, so the flow does not exist from here on: raise the damping rho or the scaling factor alpha.</summary>
    RankDeficient = 1,

    /// <summary>A number overflowed: the time step is too long for stability.</summary>
    NotFinite = 2,

    /// <summary>The adaptive scheme's step fell below what changes the time at all.</summary>
    StepTooSmall = 3,

    /// <summary>The caller asked it to end.</summary>
    StoppedByCaller = 4,
}
