using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Training;

/// <summary>A member in training on a silo, which waits for its next steps.</summary>
internal sealed class SiloMember : IDisposable
{
    private const string Name = "The state that a member goes on from";

    private readonly CancellationTokenSource _end = new();
    private readonly MemberTraining _training;

    // How many steps went before its present state.
    private int _version;

    private SiloMember(MemberRows rows, TrainingOptions options, LinearizationRoom room, int? firstRows, int version)
    {
        _version = version;
        _training = new MemberTraining(rows, options, new TrainingControl { CancellationToken = _end.Token }, firstRows, room);
    }

    /// <summary>Where a member begins, as a state to go on from.</summary>
    internal static byte[] StateOf(MemberStart start) => MemberNumbers.Write(writer =>
    {
        writer.Write(false);
        writer.Write(start.FirstRows);
        writer.WriteNetwork(start.Parameters, start.Evidence);
    });

    /// <summary>A state of <see cref="MemberTraining.SaveState"/>, as one to go on from.</summary>
    internal static byte[] StateOf(ReadOnlySpan<byte> saved) => [1, .. saved];

    /// <summary>Begins with a state.</summary>
    /// <param name="rows">The rows of the member.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="room">Room that members of the silo share.</param>
    /// <param name="state">The state.</param>
    /// <param name="version">How many steps went before it.</param>
    /// <exception cref="FormatException">It is none of these rows.</exception>
    internal static SiloMember From(MemberRows rows, TrainingOptions options, LinearizationRoom room, ReadOnlyMemory<byte> state, int version)
    {
        using StateReader reader = MemberNumbers.Read(state, Name);
        if (reader.ReadBoolean("whether it is a whole one"))
        {
            var restored = new SiloMember(rows, options, room, firstRows: null, version);
            restored._training.RestoreState(state.Span[1..]);
            return restored;
        }

        int firstRows = reader.ReadInt32(1, rows.TrainingCount, "the number of rows");
        var shape = new NetworkShape(rows.InputSize, options.Run.HiddenUnits!.Value);
        (double[] parameters, Evidence? evidence) = reader.ReadNetwork(checked((int)shape.ParameterCount), shape.InputSize);
        reader.End();
        var member = new SiloMember(rows, options, room, firstRows, version);
        member._training.Begin(parameters, evidence);
        return member;
    }

    /// <summary>Whether it is where a request goes on from, or between there and where the request leads.</summary>
    internal bool Suits(MemberRequest request) => _version >= request.Version && _version - request.Version <= request.Steps.Count;

    /// <summary>Takes the steps that are left of a request, and answers it. Where that fails the member is of no use any longer.</summary>
    internal byte[] Do(MemberRequest request, CancellationToken cancellation)
    {
        using CancellationTokenRegistration ends = cancellation.Register(_end.Cancel);
        foreach (MemberStep step in request.Steps.Skip(_version - request.Version).ToArray())
        {
            cancellation.ThrowIfCancellationRequested();
            Take(step);
            _version++;
        }

        switch (request.Question)
        {
            case MemberQuestion.Report report:
                return MemberAnswer.Report(_training, report.WithState);
            case MemberQuestion.Leverage leverage:
                (double noise, double[] leftOut) = _training.MeasureLeverage(leverage.Keep);
                return MemberAnswer.Leverage(noise, leftOut, leverage.IsWanted ? _training.Kept!.Leverage : null);
            default:
                throw new NotSupportedException($"A member has no answer to {request.Question}.");
        }
    }

    public void Dispose() => _end.Dispose();

    private void Take(MemberStep step)
    {
        switch (step.Kind)
        {
            case MemberStepKind.Advance:
                _training.Advance();
                break;
            case MemberStepKind.Keep:
                _training.Keep();
                break;
            case MemberStepKind.Grow:
                _training.Grow(Math.Clamp(step.Rows, 1, _training.Rows.TrainingCount));
                break;
            case MemberStepKind.Rest:
                _training.Rest();
                break;
        }
    }
}
