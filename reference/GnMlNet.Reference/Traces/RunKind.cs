namespace GnMlNet.Reference.Traces;

/// <summary>What kind of run a trace holds.</summary>
public enum RunKind
{
    /// <summary>Levenberg-Marquardt training of all weights.</summary>
    Training,

    /// <summary>The paper's dynamics: hidden weights alone, fixed signs, nullified output.</summary>
    Flow,
}
