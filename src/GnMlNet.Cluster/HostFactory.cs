using System.Collections;
using GnMlNet.Cluster.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using Orleans.Dashboard;

namespace GnMlNet.Cluster;

/// <summary>The host of a silo, with a dashboard and with meters where they are asked for.</summary>
internal static class HostFactory
{
    private const string OrleansMeters = "Microsoft.Orleans";

    internal static IHost Build(ClusterSiloOptions options, Action<ISiloBuilder> configure)
    {
        if (options.DashboardPort is { } port) return BuildWithDashboard(options, configure, port);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        Configure(builder, options, configure);
        return builder.Build();
    }

    // A method of its own: it alone loads ASP.NET Core.
    private static WebApplication BuildWithDashboard(ClusterSiloOptions options, Action<ISiloBuilder> configure, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        Configure(builder, options, silo =>
        {
            configure(silo);
            silo.AddDashboard();
        });
        WebApplication application = builder.Build();
        application.Urls.Add(FormattableString.Invariant($"http://127.0.0.1:{port}"));
        application.MapOrleansDashboard();
        return application;
    }

    private static void Configure(IHostApplicationBuilder builder, ClusterSiloOptions options, Action<ISiloBuilder> configure)
    {
        options.Logging?.Invoke(builder.Logging);
        // Signals are the program's: the host must not end a silo in the middle of a training that keeps its best weights.
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.UseOrleans(silo =>
        {
            configure(silo);
            if (options.Certificate is { } certificate) silo.UseTls(certificate.Apply);
            SiloListeners.AskForGreeting(silo);
        });
        if (options.TelemetryEndpoint is { } endpoint)
        {
            // The host reads no variables but those by which OpenTelemetry is set up.
            builder.Configuration.AddInMemoryCollection(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Where(variable => ((string)variable.Key).StartsWith("OTEL_", StringComparison.Ordinal)).Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value)));
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(OrleansMeters).AddOtlpExporter(exporter => exporter.Endpoint = endpoint));
        }
    }
}
