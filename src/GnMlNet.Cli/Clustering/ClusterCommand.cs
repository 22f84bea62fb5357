using System.CommandLine;
using System.Globalization;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using GnMlNet.Cluster;
using Spectre.Console;

namespace GnMlNet.Cli.Clustering;

/// <summary><c>gnml cluster</c>: looks at a cluster.</summary>
internal static class ClusterCommand
{
    internal static Command Create(IAnsiConsole console, TextWriter output) => new("cluster", "Look at a cluster of silos, measure it, or plan one.")
    {
        Status(console, output),
        ClusterBench.Create(console, output),
        PlanCommand.Create(console, output),
    };

    private static Command Status(IAnsiConsole console, TextWriter output)
    {
        var cluster = new ClusterOptions();
        Option<int?> gateway = Ranges.OptionalPort("--gateway-port", "Of a local cluster: the port for clients of one of its silos, 30000 where it is not given.");
        var all = new Option<bool>("--all") { Description = "List silos that are gone, too." };
        Option<bool> json = SharedOptions.Json("the list");
        var command = new Command("status", "List the silos of a cluster.");
        cluster.AddTo(command);
        foreach (Option option in new Option[] { gateway, all, json }) command.Add(option);
        command.SetAction(parsed =>
        {
            IReadOnlyList<SiloReport> silos = ClusterWork.Wait(() => ClusterStatus.ReadAsync(cluster.Cluster(parsed), parsed.GetValue(gateway) ?? ClusterStatus.DefaultGatewayPort, cluster.Certificate(parsed), parsed.GetValue(all)));
            if (parsed.GetValue(json)) Json.Write(output, new { silos });
            else console.Write(ToTable(silos));
            return ExitCode.Success;
        });
        return command;
    }

    private static Table ToTable(IReadOnlyList<SiloReport> silos)
    {
        Table table = Cells.Table(["Silo", "Address", "State", "Since (UTC)", "Version"], ["Cores", "Vector bits", "Memory GiB", "Parts", "Rows", "Rows/s"]);
        foreach (SiloReport silo in silos)
        {
            table.AddRow(
                Markup.Escape(silo.Name), silo.Address, silo.State, silo.Since.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Markup.Escape(silo.Version ?? "-"),
                Cell(silo.Cores), Cell(silo.VectorBits), Cells.OrDash(silo.MemoryBytes / (double)(1 << 30), "0.0"), Cell(silo.Parts), Cells.OrDash(silo.Rows, "N0"), Cells.OrDash(silo.RowsPerSecond, "N0"));
        }

        return table;
    }

    private static string Cell(int? number) => Cells.OrDash(number, "0");
}
