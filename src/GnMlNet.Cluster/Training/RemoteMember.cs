using GnMlNet.Cluster.Silos;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Training;

/// <summary>
/// A member that a silo trains. The coordinator has the last state of it that was fetched and knows the steps since then: whichever silo is asked next goes on from its own state where it has one, or else takes these steps again, with
/// the same bits.
/// </summary>
internal sealed class RemoteMember
{
    private readonly ClusterTable _table;
    private readonly int _number;
    private readonly MemberRows _rows;
    private readonly TrainingOptions _options;
    private readonly NetworkShape _shape;
    private readonly List<MemberStep> _steps = [];
    private byte[] _state;
    private bool _isWhole;
    private bool _wasSent;
    private int _version;
    private MemberReport? _report;

    /// <param name="table">The table on the cluster.</param>
    /// <param name="number">The number of the member.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="options">How it is trained.</param>
    internal RemoteMember(ClusterTable table, int number, MemberStart start, TrainingOptions options)
    {
        (_table, _number, _rows, _options) = (table, number, start.Rows, options);
        _shape = new NetworkShape(_rows.InputSize, options.Run.HiddenUnits!.Value);
        _state = SiloMember.StateOf(start);
    }

    /// <summary>The member as it was kept last.</summary>
    internal NetworkMember? Kept { get; private set; }

    /// <summary>What its last iteration did. It has been asked.</summary>
    internal TrainingIteration Latest => Report.Latest;

    /// <summary>The network as it is now. It has been asked.</summary>
    internal PassPoint Point => new(_shape, _options.Run.Activation, _rows.Map, Report.Parameters);

    /// <summary>How many bytes the last state had.</summary>
    internal long StateBytes => _state.Length;

    private MemberReport Report => _report ?? throw new InvalidOperationException("The member has not been asked yet.");

    /// <summary>Has the member take a step when it is asked next.</summary>
    internal void Take(MemberStep step)
    {
        _steps.Add(step);
        if (step.Kind is MemberStepKind.Advance or MemberStepKind.Grow) _report = null;
    }

    /// <summary>Remembers the present state as the best one.</summary>
    internal void Keep()
    {
        Kept = new NetworkMember(NetworkOf(Report.Parameters), _rows.Map, Report.Evidence);
        Take(new MemberStep(MemberStepKind.Keep));
    }

    /// <summary>Asks where it is, unless that is known.</summary>
    /// <param name="withState">Whether its state is fetched, too.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal async Task Learn(bool withState, CancellationToken cancellation)
    {
        if (withState) await State(cancellation).ConfigureAwait(false);
        else if (_report is null) await Ask(new MemberQuestion.Report(WithState: false), reader => (_report, _) = MemberAnswer.ReadReport(reader, _shape), cancellation).ConfigureAwait(false);
    }

    /// <summary>Its state, as <see cref="MemberTraining.SaveState"/> gives it.</summary>
    internal async Task<byte[]> State(CancellationToken cancellation)
    {
        if (_isWhole && _steps.Count == 0) return _state[1..];
        byte[] saved = [];
        await Ask(new MemberQuestion.Report(WithState: true), reader => (_report, saved) = MemberAnswer.ReadReport(reader, _shape), cancellation).ConfigureAwait(false);
        // What is too long to be sent again is of no use to other silos; they take the steps again.
        if (saved.Length < Job.MostRequestBytes / 2) GoOnFrom(saved, _version + _steps.Count);
        return saved;
    }

    /// <summary>Goes on from a state instead of where it began.</summary>
    internal void ReadState(StateReader reader)
    {
        var member = new MemberTraining(_rows, _options, new TrainingControl());
        member.ReadState(reader);
        NetworkMember current = member.Current();
        (_report, Kept) = (new MemberReport(member.Latest, current.Network.Parameters.ToArray(), current.Evidence), member.Kept);
        // No silo has it: a new number.
        GoOnFrom(member.SaveState(), _version + _steps.Count + 1);
        _wasSent = false;
    }

    /// <summary>Measures the leverage of the kept network.</summary>
    internal async Task<(double NoiseVariance, double[] LeftOut)> MeasureLeverage(bool keep, bool isWanted, CancellationToken cancellation)
    {
        (double noise, double[] leftOut, Leverage? kept) = (0.0, Array.Empty<double>(), null);
        await Ask(new MemberQuestion.Leverage(keep, isWanted), reader => (noise, leftOut, kept) = MemberAnswer.ReadLeverage(reader, _shape), cancellation).ConfigureAwait(false);
        if (leftOut.Length != _rows.LeftOut.Length) throw new ClusterException($"A silo answered with {leftOut.Length} leverages for {_rows.LeftOut.Length} rows.");
        if (kept is not null) Kept = new NetworkMember(Kept!.Network, Kept.Map, Kept.Evidence, kept);
        return (noise, leftOut);
    }

    /// <summary>The network after its last steps from the kept one.</summary>
    internal async Task<NetworkMember> Finish(int steps, bool keepsLeverage, CancellationToken cancellation)
    {
        NetworkMember? final = null;
        await Ask(
            new MemberQuestion.Finish(steps, keepsLeverage, Kept!.Network.Parameters.ToArray(), Kept.Evidence), reader => final = MemberAnswer.ReadFinished(reader, _shape, _options.Run.Activation, _rows.Map), cancellation).ConfigureAwait(false);
        return final!;
    }

    private Network NetworkOf(double[] parameters) => new(_shape, _options.Run.Activation, parameters);

    private void GoOnFrom(byte[] saved, int version)
    {
        (_state, _isWhole, _version) = (SiloMember.StateOf(saved), true, version);
        _steps.Clear();
    }

    private async Task Ask(MemberQuestion question, Action<StateReader> read, CancellationToken cancellation)
    {
        for (bool isSent = !_wasSent; ; isSent = true)
        {
            var request = new MemberRequest(_number, _rows.Map, _version, isSent ? (ReadOnlyMemory<byte>?)_state : null, _steps, question);
            byte[] answer = await _table.RunAsync(_number, request.ToBytes(), cancellation).ConfigureAwait(false);
            _wasSent = true;
            if (MemberAnswer.TryRead(answer, read)) return;
            if (isSent) throw new ClusterException($"A silo does not take member {_number}, though it was sent all of it.");
        }
    }
}
