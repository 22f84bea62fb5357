using System.Runtime.InteropServices;

namespace GnMlNet.Cli.Common;

/// <summary>Signals that ask the process to end: it leaves in order, removing unfinished files, where .NET would let it be ended at once.</summary>
internal sealed class EndingSignals : IDisposable
{
    // Their numbers on every Unix, which a shell adds to 128.
    private static readonly (PosixSignal Signal, int Number)[] Known = [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGQUIT, 3), (PosixSignal.SIGTERM, 15)];

    private readonly PosixSignalRegistration[] _registrations = [.. Known.Select(known => PosixSignalRegistration.Create(known.Signal, context => Leave(context, 128 + known.Number)))];

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
    }

    private static void Leave(PosixSignalContext context, int code)
    {
        // Work that a signal ends early hears it by itself.
        if (context.Signal == PosixSignal.SIGINT && Interrupts.AreHeard) return;
        if (context.Signal == PosixSignal.SIGTERM && Interrupts.HearTermination) return;
        context.Cancel = true;
        Environment.Exit(code);
    }
}
