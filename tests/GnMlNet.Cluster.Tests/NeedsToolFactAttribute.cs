namespace GnMlNet.Cluster.Tests;

/// <summary>A fact that needs a program of the machine; reported as skipped where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsToolFactAttribute : FactAttribute
{
    /// <param name="tool">The program.</param>
    public NeedsToolFactAttribute(string tool) => Skip = tool switch
    {
        "postgres" => PostgresServer.Obstacle,
        "faketime" => FakeTime.Library is null ? "libfaketime is not installed (package faketime)." : RedisServer.Obstacle,
        "redis-server" => RedisServer.Obstacle,
        "wide vectors" => Core.LinearAlgebra.VectorWidth.Bits > 256 ? null : "The processor has no vectors of more than 256 bits.",
        _ => Tool.Find(tool) is null ? $"{tool} is not on the path." : null,
    };
}
