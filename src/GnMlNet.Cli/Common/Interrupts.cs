using System.Runtime.InteropServices;

namespace GnMlNet.Cli.Common;

/// <summary>Ctrl+C: the first press asks the work to end early and keep what it has; the second leaves at once, removing unfinished files. A request to terminate may mean the same.</summary>
internal sealed class Interrupts : IDisposable
{
    private static int s_listeners;
    private static int s_terminationListeners;

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration? _termination;

    /// <param name="hearsTermination">Whether a request to terminate (SIGTERM) is heard as well.</param>
    internal Interrupts(bool hearsTermination = false)
    {
        if (hearsTermination)
        {
            _termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnTermination);
            Interlocked.Increment(ref s_terminationListeners);
        }

        Console.CancelKeyPress += OnPress;
        Interlocked.Increment(ref s_listeners);
    }

    /// <summary>Whether some work ends early by itself.</summary>
    internal static bool AreHeard => Volatile.Read(ref s_listeners) > 0;

    /// <summary>Whether some work ends early when it is asked to terminate.</summary>
    internal static bool HearTermination => Volatile.Read(ref s_terminationListeners) > 0;

    /// <summary>Cancelled by the first press.</summary>
    internal CancellationToken Stop => _stop.Token;

    public void Dispose()
    {
        Interlocked.Decrement(ref s_listeners);
        Console.CancelKeyPress -= OnPress;
        if (_termination is not null)
        {
            Interlocked.Decrement(ref s_terminationListeners);
            _termination.Dispose();
        }

        _stop.Dispose();
    }

    private void OnTermination(PosixSignalContext context)
    {
        context.Cancel = true;
        _stop.Cancel();
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
