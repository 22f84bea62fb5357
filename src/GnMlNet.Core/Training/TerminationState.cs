using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Core.Training;

/// <summary>The end of a run as a part of a state.</summary>
internal static class TerminationState
{
    internal static void WriteTermination(this StateWriter writer, Termination? termination)
    {
        writer.Write(termination is not null);
        if (termination is not { } end) return;
        writer.Write((int)end.Rule);
        writer.Write(end.Value);
        writer.Write(end.Threshold);
    }

    internal static Termination? ReadTermination(this StateReader reader)
    {
        if (!reader.ReadBoolean("whether a run has ended")) return null;
        var rule = (StoppingRule)reader.ReadInt32(0, int.MaxValue, "the number of a stopping rule");
        reader.Check(Enum.IsDefined(rule), $"stopping rule number {(int)rule}");
        return new Termination(rule, reader.ReadAny("the value of a stopping rule"), reader.ReadAny("the threshold of a stopping rule"));
    }
}
