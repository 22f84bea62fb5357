namespace GnMlNet.Cli.Common;

/// <summary>Ctrl+C: the first press asks the work to end early and keep what it has; the second leaves at once, removing unfinished files.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    internal Interrupts() => Console.CancelKeyPress += OnPress;

    /// <summary>Cancelled by the first press.</summary>
    internal CancellationToken Stop => _stop.Token;

    public void Dispose()
    {
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
