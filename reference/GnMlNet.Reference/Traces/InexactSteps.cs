namespace GnMlNet.Reference.Traces;

/// <summary>When the steps of a training run are inexact ones, before one with the exact matrix.</summary>
public enum InexactSteps
{
    /// <summary>Never.</summary>
    None,

    /// <summary>From the first step on that disappoints.</summary>
    AfterDisappointment,

    /// <summary>From the start.</summary>
    FromStart,
}
