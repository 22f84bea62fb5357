using System.Diagnostics;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Training;

/// <summary>The members of an ensemble, trained by the silos of a cluster, all at once. The coordinator fetches their states now and then, so that little is done again when a silo is lost.</summary>
internal sealed class RemoteMembers : MembersInTraining
{
    // States take at most a tenth of a wire of 1 Gbit/s.
    private const double StateBytesPerSecond = 1e7;

    private readonly RemoteMember[] _members;
    private readonly TimeSpan _interval;
    private readonly CancellationToken _cancellation;
    private long _lastStates = Stopwatch.GetTimestamp();
    private long _stepsTaken;

    /// <param name="table">The table on the cluster.</param>
    /// <param name="starts">Where each member begins.</param>
    /// <param name="options">How they are trained.</param>
    /// <param name="interval">The least time from one fetch of their states to the next.</param>
    /// <param name="cancellation">Ends training.</param>
    internal RemoteMembers(ClusterTable table, IReadOnlyList<MemberStart> starts, TrainingOptions options, TimeSpan interval, CancellationToken cancellation)
        : base([.. starts.Select(start => start.Rows)])
    {
        _members = [.. starts.Select((start, k) => new RemoteMember(table, k, start, options))];
        (_interval, _cancellation) = (interval, cancellation);
    }

    /// <summary>How many steps members have taken so far, those of all of them counted.</summary>
    internal long StepsTaken => Interlocked.Read(ref _stepsTaken);

    internal override IReadOnlyList<TrainingIteration> Latest => [.. Learned().Select(member => member.Latest)];

    internal override IReadOnlyList<PassPoint> Points => [.. Learned().Select(member => member.Point)];

    internal override IReadOnlyList<NetworkMember?> Kept => [.. _members.Select(member => member.Kept)];

    internal override void Advance()
    {
        TakeAll(_ => new MemberStep(MemberStepKind.Advance));
        double seconds = Math.Max(_interval.TotalSeconds, _members.Sum(member => member.StateBytes) / StateBytesPerSecond);
        bool isDue = Stopwatch.GetElapsedTime(_lastStates) >= (_interval == TimeSpan.Zero ? _interval : TimeSpan.FromSeconds(seconds));
        ForAll((member, end) => member.Learn(isDue, end));
        if (isDue) _lastStates = Stopwatch.GetTimestamp();
        Interlocked.Add(ref _stepsTaken, Count);
    }

    internal override void Keep()
    {
        foreach (RemoteMember member in Learned()) member.Keep();
    }

    internal override void Grow(int count) => TakeAll(k => new MemberStep(MemberStepKind.Grow, Math.Min(count, Rows[k].TrainingCount)));

    internal override void Rest() => TakeAll(_ => new MemberStep(MemberStepKind.Rest));

    internal override (double NoiseVariance, double[] LeftOut)[] MeasureLeverage(bool keep, bool isWanted) => ForAll((member, end) => member.MeasureLeverage(keep, isWanted, end));

    // Silos give them up when they are measured, or when the table is closed.
    internal override void End()
    {
    }

    internal override NetworkMember[] Finish(int steps, bool keepsLeverage)
    {
        NetworkMember[] final = ForAll((member, end) => member.Finish(steps, keepsLeverage, end));
        Interlocked.Add(ref _stepsTaken, (long)steps * Count);
        return final;
    }

    internal override void WriteState(StateWriter writer)
    {
        foreach (byte[] state in ForAll((member, end) => member.State(end)))
        {
            using StateReader reader = SealedState.Open(new MemoryStream(state), "The state of a member");
            writer.Write(reader.ReadBytes(checked((int)reader.Remaining), "the state"));
        }

        _lastStates = Stopwatch.GetTimestamp();
    }

    internal override void ReadState(StateReader reader)
    {
        foreach (RemoteMember member in _members) member.ReadState(reader);
    }

    private RemoteMember[] Learned()
    {
        ForAll((member, end) => member.Learn(withState: false, end));
        return _members;
    }

    private void TakeAll(Func<int, MemberStep> step)
    {
        for (int k = 0; k < Count; k++) _members[k].Take(step(k));
    }

    private void ForAll(Func<RemoteMember, CancellationToken, Task> action) => ForAll(async (member, end) =>
    {
        await action(member, end).ConfigureAwait(false);
        return true;
    });

    /// <summary>Waits for all; where one fails the others are ended.</summary>
    private T[] ForAll<T>(Func<RemoteMember, CancellationToken, Task<T>> action)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        return Task.WhenAll(_members.Select(Do)).GetAwaiter().GetResult();

        async Task<T> Do(RemoteMember member)
        {
            try
            {
                return await action(member, end.Token).ConfigureAwait(false);
            }
            catch
            {
                await end.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }
}
