namespace GnMlNet.Core.Dynamics;

/// <summary>A recorded solution of the paper's dynamics.</summary>
public sealed class Trajectory
{
    private readonly double[] _parameters;

    /// <summary>Makes a trajectory from what was recorded.</summary>
    /// <param name="options">What was integrated.</param>
    /// <param name="points">The recorded points in order of time; at least one.</param>
    /// <param name="recordedParameters">The parameters at each point, or nothing.</param>
    /// <param name="parameters">w at the end; copied.</param>
    /// <param name="end">Why integration ended.</param>
    /// <param name="rankLossTime">When H was first rank-deficient, or null.</param>
    /// <exception cref="ArgumentException">There is no point.</exception>
    public Trajectory(
        FlowOptions options, IReadOnlyList<FlowPoint> points, IReadOnlyList<double[]> recordedParameters, ReadOnlySpan<double> parameters, FlowEnd end, double? rankLossTime)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(recordedParameters);
        if (points.Count == 0) throw new ArgumentException("A trajectory has at least its start.", nameof(points));
        (Options, Points, RecordedParameters, _parameters, End, RankLossTime) = (options, points, recordedParameters, parameters.ToArray(), end, rankLossTime);
    }

    /// <summary>What was integrated; the form is the one that was used.</summary>
    public FlowOptions Options { get; }

    /// <summary>The recorded points in order of time; the first is the start, the last the end.</summary>
    public IReadOnlyList<FlowPoint> Points { get; }

    /// <summary>The parameters at each of <see cref="Points"/>, or nothing where they were not to be kept.</summary>
    public IReadOnlyList<double[]> RecordedParameters { get; }

    /// <summary>w at the end, p numbers.</summary>
    public ReadOnlySpan<double> Parameters => _parameters;

    /// <summary>Why integration ended.</summary>
    public FlowEnd End { get; }

    /// <summary>The time at which it ended.</summary>
    public double EndTime => Points[^1].Time;

    /// <summary>The first time at which H was found rank-deficient to working precision, or null where it never was.</summary>
    public double? RankLossTime { get; }
}
