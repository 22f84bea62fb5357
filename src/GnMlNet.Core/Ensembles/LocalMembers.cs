using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>Members that this process trains.</summary>
/// <param name="members">The members.</param>
/// <param name="options">How they are trained.</param>
/// <param name="control">How the caller may cancel it.</param>
/// <param name="work">The threads that they share.</param>
internal sealed class LocalMembers(MemberTraining[] members, TrainingOptions options, TrainingControl control, WorkSharing work) : MembersInTraining([.. members.Select(member => member.Rows)])
{
    internal override IReadOnlyList<TrainingIteration> Latest => [.. members.Select(member => member.Latest)];

    internal override IReadOnlyList<PassPoint> Points => [.. members.Select(member => member.Point)];

    internal override IReadOnlyList<NetworkMember?> Kept => [.. members.Select(member => member.Kept)];

    /// <summary>Members at their starting points.</summary>
    internal static LocalMembers Begin(IReadOnlyList<MemberStart> starts, TrainingOptions options, TrainingControl control, WorkSharing work)
    {
        var members = new MemberTraining[starts.Count];
        var room = new LinearizationRoom();
        for (int k = 0; k < members.Length; k++)
        {
            members[k] = new MemberTraining(starts[k].Rows, options, control, starts[k].FirstRows, room);
            members[k].Begin(starts[k].Parameters, starts[k].Evidence);
        }

        return new LocalMembers(members, options, control, work);
    }

    internal override void Advance() => work.For(Count, k => members[k].Advance());

    internal override void Keep()
    {
        foreach (MemberTraining member in members) member.Keep();
    }

    internal override void Grow(int count) => work.For(Count, k => members[k].Grow(Math.Min(count, Rows[k].TrainingCount)));

    internal override void Rest()
    {
        foreach (MemberTraining member in members) member.Rest();
    }

    internal override (double NoiseVariance, double[] LeftOut)[] MeasureLeverage(bool keep, bool isWanted)
    {
        var measured = new (double NoiseVariance, double[] LeftOut)[Count];
        work.For(Count, k => measured[k] = members[k].MeasureLeverage(keep));
        return measured;
    }

    internal override void End()
    {
        foreach (MemberTraining member in members) member.End();
    }

    internal override NetworkMember[] Finish(int steps, bool keepsLeverage)
    {
        var final = new NetworkMember[Count];
        work.For(Count, k => final[k] = FinalSteps.Take(members[k].Kept!, Rows[k], steps, keepsLeverage, options, control));
        return final;
    }

    internal override void WriteState(StateWriter writer)
    {
        foreach (MemberTraining member in members) member.WriteState(writer);
    }

    internal override void ReadState(StateReader reader)
    {
        foreach (MemberTraining member in members) member.ReadState(reader);
    }
}
