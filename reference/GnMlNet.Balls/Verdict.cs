namespace GnMlNet.Balls;

/// <summary>What arithmetic with bounds can say of a claim.</summary>
public enum Verdict
{
    /// <summary>The bounds do not suffice to tell; more bits may.</summary>
    Undecided = 0,

    /// <summary>The claim is true for all numbers within the bounds.</summary>
    Proved = 1,

    /// <summary>The claim is false for all numbers within the bounds.</summary>
    Refuted = 2,
}
