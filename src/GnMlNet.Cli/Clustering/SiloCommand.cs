using System.CommandLine;
using System.Net;
using GnMlNet.Cli.Options;
using GnMlNet.Cluster;

namespace GnMlNet.Cli.Clustering;

/// <summary><c>gnml silo</c>: computes for whoever trains on the cluster, until it is asked to end.</summary>
internal static class SiloCommand
{
    internal static Command Create(TextWriter output)
    {
        var cluster = new ClusterOptions();
        Option<int?> port = Ranges.OptionalPort("--port", "The port for other silos; without it that of the specification where it is local and nobody has it, else one that is free.");
        Option<int?> gateway = Ranges.OptionalPort("--gateway-port", "The port for 'gnml cluster status'; without it 30000, or one that is free where somebody has it.");
        var address = new Option<IPAddress?>("--address")
        {
            Description = "The address of this machine by which other silos reach it; without it that of the way to Redis or PostgreSQL.",
            CustomParser = result =>
            {
                if (IPAddress.TryParse(result.Tokens.Single().Value, out IPAddress? given)) return given;
                result.AddError($"--address must be an IP address such as 192.168.1.20; '{result.Tokens.Single().Value}' is not.");
                return null;
            },
        };
        var name = new Option<string?>("--name") { Description = "What it is called in lists and messages; without it the name of the machine and the port." };
        var allow = new Option<string[]>("--allow") { Description = "A folder from which shards may be read; may be given several times. Without it no file is read.", DefaultValueFactory = _ => [] };
        Option<long?> memoryLimit = Sizes.Optional("--memory-limit", "The memory that rows may take which the silo reads itself (gnml train --shards), such as 512MiB or 2GB; further ones go into temporary files. Without it, about a quarter of the machine's.");
        var temporaryFolder = new Option<string?>("--temporary-folder") { Description = "The folder for temporary files, which are gone when the silo ends, however that is. Without it, the system's." };
        Option<int?> dashboard = Ranges.OptionalPort("--dashboard", "The port of Orleans' dashboard, on this machine alone.");
        var telemetry = new Option<Uri?>("--otlp")
        {
            Description = "Where an OpenTelemetry collector takes meters, such as http://localhost:4317.",
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens.Single().Value, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https") return url;
                result.AddError($"--otlp must be a URL such as http://localhost:4317; '{result.Tokens.Single().Value}' is not.");
                return null;
            },
        };
        var verbose = new Option<bool>("--verbose") { Description = "Write what the silo does to standard error, and not its warnings alone." };
        // For whoever starts it as a child process.
        var endsWithInput = new Option<bool>("--ends-with-input") { Description = "End when the standard input does.", Hidden = true };
        var command = new Command("silo", "Compute for whoever trains on a cluster, until Ctrl+C.");
        cluster.AddTo(command);
        foreach (Option option in new Option[] { port, gateway, address, name, allow, memoryLimit, temporaryFolder, dashboard, telemetry, verbose, endsWithInput }) command.Add(option);
        command.SetAction(parsed => Run(new SiloSettings(cluster, parsed)
        {
            Port = parsed.GetValue(port),
            GatewayPort = parsed.GetValue(gateway),
            Address = parsed.GetValue(address),
            Name = parsed.GetValue(name),
            Allowed = parsed.GetValue(allow)!,
            MemoryLimit = parsed.GetValue(memoryLimit),
            TemporaryFolder = parsed.GetValue(temporaryFolder),
            DashboardPort = parsed.GetValue(dashboard),
            TelemetryEndpoint = parsed.GetValue(telemetry),
            IsVerbose = parsed.GetValue(verbose),
            EndsWithInput = parsed.GetValue(endsWithInput),
        }, output));
        return command;
    }

    private static int Run(SiloSettings settings, TextWriter output)
    {
        SharedOptions.CheckFolder("--temporary-folder", settings.TemporaryFolder);
        using var interrupts = new Interrupts(hearsTermination: true);
        return ClusterWork.Wait(async () =>
        {
            await SiloRun.Run(cancellation => ClusterSilo.StartAsync(settings.ToOptions(), cancellation), output, settings.EndsWithInput, interrupts.Stop);
            return ExitCode.Success;
        });
    }
}
