namespace GnMlNet.Tests.Shared;

/// <summary>A theory that starts a <see cref="RestrictedTestProcess"/>; reported as skipped, with the reason, where none can be started.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StartsRestrictedProcessTheoryAttribute : TheoryAttribute
{
    public StartsRestrictedProcessTheoryAttribute() => Skip = RestrictedTestProcess.Obstacle;
}
