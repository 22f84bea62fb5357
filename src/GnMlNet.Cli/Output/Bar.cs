using GnMlNet.Core.Dynamics;
using Spectre.Console;

namespace GnMlNet.Cli.Output;

/// <summary>A progress bar for work that knows its share done; without a terminal it prints a line now and then.</summary>
internal static class Bar
{
    /// <summary>Runs work.</summary>
    /// <param name="console">Where the bar goes.</param>
    /// <param name="title">What is under way.</param>
    /// <param name="work">Given the means to tell of further shares done, from any thread.</param>
    internal static T Run<T>(IAnsiConsole console, string title, Func<Action<double>, T> work) =>
        console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()).Start(context =>
        {
            ProgressTask task = context.AddTask(title, maxValue: 1);
            return work(share => task.Increment(share));
        });

    /// <summary>The progress of a flow as shares of the time for which it is integrated.</summary>
    internal static IProgress<FlowPoint> Over(double duration, Action<double> advance)
    {
        double reached = 0;
        return new Listener<FlowPoint>(point =>
        {
            advance((point.Time - reached) / duration);
            reached = point.Time;
        });
    }
}
