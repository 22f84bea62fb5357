namespace GnMlNet.Core.Training;

/// <summary>How much damping mu the next step gets. A small state machine that sees only numbers.</summary>
internal interface IDamping
{
    /// <summary>mu of the first step.</summary>
    double Initial { get; }

    /// <summary>mu, the damping of the next step.</summary>
    double Value { get; }

    /// <summary>The last step was accepted; its loss fell by <paramref name="gainRatio"/> times what the quadratic model predicted.</summary>
    void Accepted(double gainRatio);

    /// <summary>The last step was rejected: it raised the loss, or could not be computed at all.</summary>
    void Rejected();
}
