namespace GnMlNet.Reference.CrossChecks;

/// <summary>What holds between the iterates of a run, and is checked beside its figures.</summary>
public enum CheckedRule
{
    /// <summary>The run starts where its settings say.</summary>
    Start,

    /// <summary>Times, step sizes and step counts of a flow are those of its settings, and no recorded point is missing.</summary>
    Times,

    /// <summary>The parameters follow from those before.</summary>
    NextIterate,

    /// <summary>What is left out, since it was not finite or does not exist, is so.</summary>
    Absence,

    /// <summary>A step was taken because it lowers the loss.</summary>
    Acceptance,

    /// <summary>The multiple of an inexact step that was taken is what the losses on the way give.</summary>
    Share,

    /// <summary>An inexact step leads down and is the best multiple of itself: what it leaves of its equations is orthogonal to it.</summary>
    BestMultiple,

    /// <summary>The steps before it were not taken because they do not.</summary>
    Rejections,

    /// <summary>The damping is what the rule gives after the steps before.</summary>
    Damping,

    /// <summary>The metric is that of the matrix.</summary>
    Metric,

    /// <summary>The penalties are those of the options, or what evidence gives.</summary>
    Penalties,

    /// <summary>The curvature comes from the rows that the rule draws, and in single precision where it says so.</summary>
    CurvatureRows,
}
