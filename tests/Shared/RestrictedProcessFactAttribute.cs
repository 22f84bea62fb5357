namespace GnMlNet.Tests.Shared;

/// <summary>A fact about a <see cref="RestrictedTestProcess"/>; reported as skipped in any other.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RestrictedProcessFactAttribute : FactAttribute
{
    public RestrictedProcessFactAttribute() => Skip = RestrictedTestProcess.IsThisOne ? null : "It is about a process with instruction sets switched off, which another test starts.";
}
