using System.Diagnostics;
using System.Net;
using Npgsql;

namespace GnMlNet.Cluster.Tests;

/// <summary>A PostgreSQL server of its own on a free port, with an empty database.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private PostgresServer(Process process, string folder, int port) => (_process, _folder, Port) = (process, folder, port);

    internal static string? Obstacle { get; } =
        Programs("postgres") is null || Programs("initdb") is null ? "postgres and initdb are not on the path or below /usr/lib/postgresql."
        : Environment.IsPrivilegedProcess && Tool.Find("setpriv") is null ? "PostgreSQL does not run as root, and there is no setpriv to become somebody else."
        : null;

    internal int Port { get; }

    internal string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=gnml;Database=postgres;Pooling=false";

    internal static async Task<PostgresServer> Start()
    {
        string folder = Directory.CreateTempSubdirectory("gnml-postgres").FullName, data = Path.Combine(folder, "data");
        // Somebody else must be able to write there.
        if (Environment.IsPrivilegedProcess) Tool.Run(folder, "chown", "nobody", folder);
        using (Process made = Unprivileged(folder, Programs("initdb")!, "-D", data, "-U", "gnml", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"))
        {
            string output = await made.StandardOutput.ReadToEndAsync() + await made.StandardError.ReadToEndAsync();
            await made.WaitForExitAsync();
            made.ExitCode.Should().Be(0, output);
        }

        int port = FreePort.On(IPAddress.Loopback);
        Process process = Unprivileged(folder, Programs("postgres")!, "-D", data, "-p", $"{port}", "-h", "127.0.0.1", "-k", folder, "-F");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new PostgresServer(process, folder, port);
        CancellationToken limit = TimeLimit.Minute();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(server.ConnectionString);
                await connection.OpenAsync(limit);
                return server;
            }
            catch (NpgsqlException) when (!process.HasExited)
            {
                await Task.Delay(100, limit);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Tool.Signal(_process.Id, "INT");
        await _process.WaitForExitAsync(TimeLimit.Minute());
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Process Unprivileged(string folder, string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? Tool.Start(folder, "setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", program, .. arguments])
        : Tool.Start(folder, program, arguments);

    private static string? Programs(string name) =>
        Tool.Find(name, Directory.Exists("/usr/lib/postgresql") ? [.. Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin"))] : []);
}
