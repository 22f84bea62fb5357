namespace GnMlNet.Cli.Common;

/// <summary>Ctrl+C: the first press asks the work to end early and keep what it has; the second leaves at once, removing unfinished files.</summary>
internal sealed class Interrupts : IDisposable
{
    private static int s_listeners;

    private readonly CancellationTokenSource _stop = new();

    internal Interrupts()
    {
        Console.CancelKeyPress += OnPress;
        Interlocked.Increment(ref s_listeners);
    }

    /// <summary>Whether some work ends early by itself.</summary>
    internal static bool AreHeard => Volatile.Read(ref s_listeners) > 0;

    /// <summary>Cancelled by the first press.</summary>
    internal CancellationToken Stop => _stop.Token;

    public void Dispose()
    {
        Interlocked.Decrement(ref s_listeners);
        Console.CancelKeyPress -= OnPress;
        _stop.Dispose();
    }

    private void OnPress(object? sender, ConsoleCancelEventArgs press)
    {
        press.Cancel = true;
        if (_stop.IsCancellationRequested)
        {
            Console.Error.WriteLine("gnml: aborted.");
            Environment.Exit(ExitCode.Interrupted);
        }

        _stop.Cancel();
    }
}
