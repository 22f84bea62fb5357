namespace GnMlNet.Core.Training;

/// <summary>
/// Acceptance feeds back here: how much damping mu the next step gets after one was accepted or rejected.
/// A small state machine that sees only numbers.
/// </summary>
internal abstract class DampingPolicy
{
    /// <param name="initial">mu of the first step, positive.</param>
    private protected DampingPolicy(double initial)
    {
        Initial = initial;
        Value = initial;
    }

    /// <summary>mu of the first step.</summary>
    internal double Initial { get; }

    /// <summary>mu, the damping of the next step.</summary>
    internal double Value { get; private protected set; }

    /// <summary>The last step was accepted; its loss fell by <paramref name="gainRatio"/> times what the quadratic model predicted.</summary>
    internal abstract void Accepted(double gainRatio);

    /// <summary>The last step was rejected: it raised the loss, or could not be computed at all.</summary>
    internal abstract void Rejected();
}
