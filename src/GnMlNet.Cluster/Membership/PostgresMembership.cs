using GnMlNet.Cluster.Work;
using Npgsql;

namespace GnMlNet.Cluster.Membership;

/// <summary>A list of silos that a PostgreSQL database keeps, in the tables of Orleans.</summary>
internal static class PostgresMembership
{
    /// <summary>What Orleans calls the driver.</summary>
    internal const string Invariant = "Npgsql";

    // Of all that make the tables at the same time one does; the number is this project's own.
    private const long Lock = 0x676E6D6C;

    // Each makes its table, with what goes with it.
    private static readonly (string Table, string Script)[] s_scripts = [("OrleansMembershipTable", "PostgreSQL.sql"), ("OrleansStorage", "PostgreSQL-Storage.sql")];

    internal static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Where the server is; a host that is a folder of sockets is this machine.</summary>
    internal static (string Host, int Port) Server(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        string host = parts.Host!.Split(',')[0].Split(':')[0];
        return (host.StartsWith('/') ? "127.0.0.1" : host, parts.Port);
    }

    /// <summary>Looks whether the database is there, and makes its tables where they are missing.</summary>
    /// <exception cref="ClusterException">It is not, or its tables cannot be made.</exception>
    internal static async Task Prepare(string connectionString)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync().ConfigureAwait(false);
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
            await Run(connection, $"SELECT pg_advisory_xact_lock({Lock})").ConfigureAwait(false);
            foreach ((string table, string script) in s_scripts)
            {
                await using var question = new NpgsqlCommand($"SELECT to_regclass('{table}') IS NULL", connection);
                if (await question.ExecuteScalarAsync().ConfigureAwait(false) is true) await Run(connection, Script(script)).ConfigureAwait(false);
            }

            await transaction.CommitAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException error)
        {
            (string host, int port) = Server(connectionString);
            throw new ClusterException($"The PostgreSQL database at {host}:{port} cannot keep the list of silos: {error.GetBaseException().Message}", error);
        }
    }

    private static async Task Run(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    private static string Script(string name)
    {
        using Stream resource = typeof(PostgresMembership).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
