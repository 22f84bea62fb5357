using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Networks;
using GnMlNet.Models;

namespace GnMlNet.ModelFile;

/// <summary>The part of a model's body that says by which flow it was trained. docs/model-file.md describes it.</summary>
internal static class FlowPayload
{
    private const int PointSize = sizeof(int) + (9 * sizeof(double));

    internal static void Write(BinaryWriter body, Trajectory trajectory)
    {
        FlowOptions options = trajectory.Options;
        body.Write(options.ScalingFactor);
        body.Write(options.Damping);
        body.Write((int)options.Scheme);
        body.Write(options.TimeStep);
        body.Write(options.Duration);
        body.Write(options.Tolerance);
        body.Write(options.RecordingInterval);
        body.Write(options.RecordSpectrum);
        body.Write(options.ContinueAfterRankLoss);
        body.Write((int)trajectory.End);
        body.Write(trajectory.RankLossTime ?? double.NaN);
        body.Write(trajectory.Points.Count);
        foreach (FlowPoint point in trajectory.Points) WritePoint(body, point);
    }

    /// <param name="body">The body, at this part.</param>
    /// <param name="network">The network of 2 m units.</param>
    /// <param name="training">How training went.</param>
    /// <param name="remaining">How many bytes are left.</param>
    /// <param name="check">Throws where something does not hold.</param>
    internal static FlowModel Read(BinaryReader body, Network network, TrainingRecord training, Func<long> remaining, Action<bool, string> check)
    {
        var options = new FlowOptions
        {
            ScalingFactor = body.ReadDouble(),
            Damping = body.ReadDouble(),
            Scheme = (FlowScheme)body.ReadInt32(),
            TimeStep = body.ReadDouble(),
            Duration = body.ReadDouble(),
            Tolerance = body.ReadDouble(),
            RecordingInterval = body.ReadDouble(),
            RecordSpectrum = body.ReadBoolean(),
            ContinueAfterRankLoss = body.ReadBoolean(),
        };
        check(IsValid(options), "the options of its flow");
        var end = (FlowEnd)body.ReadInt32();
        check(Enum.IsDefined(end), $"end number {(int)end} of a flow");
        double rankLossTime = body.ReadDouble();
        int count = body.ReadInt32();
        check(count >= 1 && count <= remaining() / PointSize, $"a flow of {count} points");
        var points = new FlowPoint[count];
        for (int i = 0; i < count; i++) points[i] = ReadPoint(body);
        NullifiedNetwork? nullified = NullifiedNetwork.FromNetwork(network, options.ScalingFactor);
        check(nullified is not null, "its network is not one that starts at zero");
        return new FlowModel(nullified!, new Trajectory(options, points, [], nullified!.Weights, end, double.IsNaN(rankLossTime) ? null : rankLossTime), training);
    }

    private static bool IsValid(FlowOptions options)
    {
        try
        {
            options.Validate(parameterCount: 1, outputCount: 1);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void WritePoint(BinaryWriter body, FlowPoint point)
    {
        body.Write(point.Steps);
        body.Write(point.Time);
        body.Write(point.StepSize);
        body.Write(point.Loss);
        body.Write(point.Distance);
        body.Write(point.OutputGradientNorm);
        body.Write(point.RiemannianGradientNorm);
        body.Write(point.DissipationDefect);
        body.Write(point.SmallestEigenvalue);
        body.Write(point.LargestEigenvalue);
    }

    private static FlowPoint ReadPoint(BinaryReader body) => new()
    {
        Steps = body.ReadInt32(),
        Time = body.ReadDouble(),
        StepSize = body.ReadDouble(),
        Loss = body.ReadDouble(),
        Distance = body.ReadDouble(),
        OutputGradientNorm = body.ReadDouble(),
        RiemannianGradientNorm = body.ReadDouble(),
        DissipationDefect = body.ReadDouble(),
        SmallestEigenvalue = body.ReadDouble(),
        LargestEigenvalue = body.ReadDouble(),
    };
}
