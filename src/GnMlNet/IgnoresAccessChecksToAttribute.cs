namespace System.Runtime.CompilerServices;

/// <summary>Known to the runtime by its name: it skips access checks from this assembly to the named one.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
