using System.Diagnostics;

namespace GnMlNet.Cli.Benchmarking;

/// <summary>Times several pieces of work in turn, round by round, so that whatever else the machine does meets them all alike.</summary>
internal static class Medians
{
    private const int LeastRounds = 5;
    private const int WarmUpRounds = 2;

    // The runtime compiles what was called often with full optimization after some tenths of a second.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.6);

    /// <summary>The median milliseconds of each piece of work.</summary>
    /// <param name="seconds">How long to go on, at least <see cref="LeastRounds"/> rounds.</param>
    /// <param name="work">The pieces.</param>
    internal static double[] Of(double seconds, params ReadOnlySpan<Action> work)
    {
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < WarmUpRounds || Stopwatch.GetElapsedTime(start) < WarmUp; round++)
        {
            foreach (Action piece in work) piece();
        }

        var times = new List<double>[work.Length];
        for (int i = 0; i < work.Length; i++) times[i] = [];
        start = Stopwatch.GetTimestamp();
        for (int round = 0; round < LeastRounds || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; round++)
        {
            for (int i = 0; i < work.Length; i++)
            {
                long before = Stopwatch.GetTimestamp();
                work[i]();
                times[i].Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }
        }

        return [.. times.Select(MathNet.Numerics.Statistics.Statistics.Median)];
    }
}
