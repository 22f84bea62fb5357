using System.Buffers.Binary;
using System.Net;
using System.Text;
using GnMlNet.Cluster.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GnMlNet.Cluster.Tests;

/// <summary>Meters that go to a collector.</summary>
public class TelemetryTests
{
    [Fact]
    public async Task Meters_of_Orleans_arrive_at_a_collector()
    {
        var arrived = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        int port = FreePort.On(IPAddress.Loopback);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<KestrelServerOptions>(options => options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        await using WebApplication collector = builder.Build();
        collector.MapPost("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            arrived.TrySetResult(body.ToArray());
            // An empty answer of gRPC: not compressed, of length 0.
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        });
        await collector.StartAsync(TimeLimit.Minute());

        SiloProgram program = TestSilo.Program with { Environment = new Dictionary<string, string?> { ["OTEL_METRIC_EXPORT_INTERVAL"] = "500" } };
        await using SiloProcess silo = SiloProcess.Start(program, ["silo", "--cluster", $"local@{FreePort.On(IPAddress.Loopback)}", "--otlp", $"http://127.0.0.1:{port}", "--ends-with-input"]);
        await silo.Ready(TimeLimit.Minute());
        byte[] message = await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));
        // A message of gRPC: whether it is compressed, its length, and what it holds.
        message[0].Should().Be(0);
        BinaryPrimitives.ReadInt32BigEndian(message.AsSpan(1)).Should().Be(message.Length - 5);
        Encoding.Latin1.GetString(message).Should().Contain("Microsoft.Orleans").And.Contain("orleans-");
    }
}
