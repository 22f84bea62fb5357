namespace GnMlNet.Cluster.Tests;

/// <summary>A library that shows a process another time than the machine's.</summary>
internal static class FakeTime
{
    internal static string? Library { get; } = Directory.Exists("/usr/lib") ? Directory.GetDirectories("/usr/lib", "*-linux-gnu").Append("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists) : null;

    /// <summary>The environment of a process whose clock is ahead.</summary>
    internal static Dictionary<string, string?> Ahead(int seconds) => new() { ["LD_PRELOAD"] = Library, ["FAKETIME"] = FormattableString.Invariant($"+{seconds}s"), ["DONT_FAKE_MONOTONIC"] = "1", ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1" };
}
