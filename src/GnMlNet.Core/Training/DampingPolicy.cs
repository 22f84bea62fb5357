namespace GnMlNet.Core.Training;

/// <summary>
/// Acceptance feeds back here: how much damping mu the next step gets after one was accepted or rejected.
/// A small state machine that sees only numbers.
/// </summary>
internal abstract class DampingPolicy
{
    /// <summary>mu, the damping of the next step.</summary>
    internal double Value { get; private protected set; }

    /// <summary>The last step was accepted; its loss fell by <paramref name="gainRatio"/> times what the quadratic model predicted.</summary>
    internal abstract void Accepted(double gainRatio);

    /// <summary>The last step was rejected: it raised the loss, or could not be computed at all.</summary>
    internal abstract void Rejected();
}
