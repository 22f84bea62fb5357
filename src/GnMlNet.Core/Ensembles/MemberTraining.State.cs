using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>The state of a member between two iterations, from which another member with the same rows and options, here or on a machine of the same kind, goes on with the same bits.</summary>
internal sealed partial class MemberTraining
{
    /// <summary>Whether its last step was an inexact one.</summary>
    internal bool IsInexact => Optimizer.Step.Inexact is not null;

    /// <summary>Everything that the next iterations come from, and the kept network.</summary>
    internal byte[] SaveState()
    {
        using var stream = new MemoryStream();
        SealedState.Write(stream, WriteState);
        return stream.ToArray();
    }

    /// <summary>Takes the place of <see cref="Begin"/>.</summary>
    /// <param name="state">What <see cref="SaveState"/> of a member with the same rows and options gave.</param>
    /// <exception cref="FormatException">It is damaged, or of another network or other rows.</exception>
    internal void RestoreState(ReadOnlySpan<byte> state)
    {
        using var stream = new MemoryStream(state.ToArray());
        using StateReader reader = SealedState.Open(stream, "The state of a member");
        ReadState(reader);
        reader.End();
    }

    /// <inheritdoc cref="SaveState"/>
    internal void WriteState(StateWriter writer)
    {
        writer.Write(Objective.OutputCount);
        writer.Write(Objective.Trained.Count);
        writer.Write(Kept is not null);
        if (Kept is { } kept)
        {
            writer.Write(kept.Network.Parameters);
            writer.WriteEvidence(kept.Evidence);
        }

        Optimizer.WriteState(writer);
    }

    /// <inheritdoc cref="RestoreState"/>
    internal void ReadState(StateReader reader)
    {
        int rows = reader.ReadInt32(1, Rows.TrainingCount, "the number of rows that a member trains on");
        if (rows != Objective.OutputCount) (_objective, _optimizer) = Prepare(rows);
        int count = Objective.Trained.Count;
        reader.Check(reader.ReadInt32(0, int.MaxValue, "the number of parameters") == count, "a network of another size");
        Kept = reader.ReadBoolean("whether a network is kept")
            ? new NetworkMember(new Network(_shape, _activation, reader.ReadFinite(count, "the kept parameters")), Map, reader.ReadEvidence(Optimizer.Evidence?.GroupCount ?? 0))
            : null;
        Optimizer.ReadState(reader, new ValidationMonitor(null, 0));
    }
}
