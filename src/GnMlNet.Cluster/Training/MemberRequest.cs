using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;

namespace GnMlNet.Cluster.Training;

/// <summary>What a silo is asked to do with a member.</summary>
/// <param name="Member">The number of the member.</param>
/// <param name="Map">The map that its inputs come from.</param>
/// <param name="Version">How many steps went before the state that these go on from; a silo that has the member after some of these steps takes the others.</param>
/// <param name="State">That state, for a silo that does not have the member: where it begins, or all of it; null where the silo is thought to have it.</param>
/// <param name="Steps">The steps since then.</param>
/// <param name="Question">What is wanted.</param>
internal sealed record MemberRequest(int Member, int Map, int Version, ReadOnlyMemory<byte>? State, IReadOnlyList<MemberStep> Steps, MemberQuestion Question)
{
    private const string Name = "What a silo was asked about a member";

    // Questions are known by these numbers.
    private const int Report = 0, Leverage = 1, Finish = 2;

    internal byte[] ToBytes() => MemberNumbers.Write(writer =>
    {
        writer.Write(Member);
        writer.Write(Map);
        writer.Write(Version);
        writer.Write(State is not null);
        if (State is { } state) writer.WriteCounted(state.Span);

        writer.Write(Steps.Count);
        foreach (MemberStep step in Steps)
        {
            writer.Write((int)step.Kind);
            writer.Write(step.Rows);
        }

        Write(writer);
    });

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none of this table; nothing is allocated that it does not hold.</exception>
    internal static MemberRequest Read(ReadOnlyMemory<byte> bytes, MemberTable table)
    {
        using StateReader reader = MemberNumbers.Read(bytes, Name);
        int member = reader.ReadInt32(0, table.Members - 1, "the number of the member"), map = reader.ReadInt32(0, table.Maps.Count - 1, "the number of its map"), version = reader.ReadInt32(0, int.MaxValue, "the number of steps before");
        byte[]? state = reader.ReadBoolean("whether a state is there") ? reader.ReadCounted("its state") : null;
        var steps = new MemberStep[reader.ReadCount(2 * sizeof(int), "steps")];
        for (int i = 0; i < steps.Length; i++) steps[i] = new MemberStep((MemberStepKind)reader.ReadInt32(0, (int)MemberStepKind.Rest, "the kind of a step"), reader.ReadInt32(0, int.MaxValue, "the rows of a step"));
        MemberQuestion question = reader.ReadInt32(Report, Finish, "the kind of question") switch
        {
            Report => new MemberQuestion.Report(reader.ReadBoolean("whether the state is wanted")),
            Leverage => new MemberQuestion.Leverage(reader.ReadBoolean("whether leverage is kept"), reader.ReadBoolean("whether it is wanted")),
            _ => ReadFinish(reader, table),
        };
        reader.End();
        return new MemberRequest(member, map, version, state is null ? null : (ReadOnlyMemory<byte>?)state, steps, question);
    }

    private static MemberQuestion.Finish ReadFinish(StateReader reader, MemberTable table)
    {
        int steps = reader.ReadInt32(1, Math.Max(1, table.Options.MaximumIterations), "the number of last steps");
        bool keeps = reader.ReadBoolean("whether leverage is kept");
        var shape = new NetworkShape(table.Data.InputSize, table.Options.Run.HiddenUnits!.Value);
        (double[] parameters, Core.Training.Evidence? evidence) = reader.ReadNetwork(checked((int)shape.ParameterCount), shape.InputSize);
        return new MemberQuestion.Finish(steps, keeps, parameters, evidence);
    }

    private void Write(StateWriter writer)
    {
        switch (Question)
        {
            case MemberQuestion.Report report:
                writer.Write(Report);
                writer.Write(report.WithState);
                break;
            case MemberQuestion.Leverage leverage:
                writer.Write(Leverage);
                writer.Write(leverage.Keep);
                writer.Write(leverage.IsWanted);
                break;
            case MemberQuestion.Finish finish:
                writer.Write(Finish);
                writer.Write(finish.Steps);
                writer.Write(finish.KeepsLeverage);
                writer.WriteNetwork(finish.Parameters, finish.Evidence);
                break;
        }
    }
}
