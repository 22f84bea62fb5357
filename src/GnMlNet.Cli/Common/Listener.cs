namespace GnMlNet.Cli.Common;

/// <summary>Hears of progress on the thread that makes it; <see cref="Progress{T}"/> would post it elsewhere, out of order.</summary>
internal sealed class Listener<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
