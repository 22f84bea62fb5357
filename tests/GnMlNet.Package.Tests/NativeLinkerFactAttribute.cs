namespace GnMlNet.Package.Tests;

/// <summary>A test that compiles ahead of time, which on Linux and macOS takes a C compiler to link with.</summary>
public sealed class NativeLinkerFactAttribute : FactAttribute
{
    private static readonly string? s_linker = new[] { "clang", "gcc" }.FirstOrDefault(IsOnPath);

    /// <summary>Says why not where there is no linker.</summary>
    public NativeLinkerFactAttribute()
    {
        if (s_linker is null && !OperatingSystem.IsWindows()) Skip = "Linking native code takes clang or gcc.";
    }

    /// <summary>What tells the build which linker there is.</summary>
    internal static string[] Options => s_linker is null ? [] : [$"-p:CppCompilerAndLinker={s_linker}"];

    private static bool IsOnPath(string command) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, command)));
}
