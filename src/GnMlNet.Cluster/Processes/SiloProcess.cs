using System.Diagnostics;
using System.Net;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Processes;

/// <summary>A child process that runs a silo, and ends with this one, however that ends: it sees the end of its standard input.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1), EndLimit = TimeSpan.FromSeconds(10);
    private const int KeptLines = 10;

    private readonly Process _process;
    private readonly List<string> _errors = [];
    private readonly TaskCompletionSource<IPEndPoint> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SiloProcess(Process process) => _process = process;

    internal int Id => _process.Id;

    internal bool HasExited => _process.HasExited;

    /// <summary>Starts a process, whose silo joins some time later.</summary>
    internal static SiloProcess Start(SiloProgram program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program.FileName, [.. program.Arguments, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string? value) in program.Environment) start.Environment[name] = value;
        var silo = new SiloProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        silo._process.OutputDataReceived += (_, line) => silo.Hear(line.Data);
        silo._process.ErrorDataReceived += (_, line) => silo.Keep(line.Data);
        silo._process.Exited += (_, _) => silo._ready.TrySetException(new ClusterException($"A silo ended before it was ready: {silo.Errors()}"));
        silo._process.Start();
        silo._process.BeginOutputReadLine();
        silo._process.BeginErrorReadLine();
        return silo;
    }

    /// <summary>Waits until the silo has joined.</summary>
    /// <exception cref="ClusterException">It cannot, or does not within a minute.</exception>
    internal async Task<IPEndPoint> Ready(CancellationToken cancellation)
    {
        try
        {
            return await _ready.Task.WaitAsync(StartLimit, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            throw new ClusterException($"A silo was not ready within {StartLimit.TotalSeconds:0} seconds: {Errors()}", error);
        }
    }

    /// <summary>Ends it at once.</summary>
    internal void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(EndLimit);
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is not null && ReadyLine.Endpoint(line) is { } endpoint) _ready.TrySetResult(endpoint);
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_errors)
        {
            // What went wrong is said first.
            if (_errors.Count < KeptLines) _errors.Add(line);
        }
    }

    private string Errors()
    {
        lock (_errors) return _errors.Count == 0 ? "it said nothing." : string.Join(' ', _errors);
    }
}
