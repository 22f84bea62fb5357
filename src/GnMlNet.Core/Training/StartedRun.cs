using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Core.Training;

/// <summary>A run of a single network from one start, after its end.</summary>
/// <param name="Monitor">Its best parameters.</param>
/// <param name="History">Its iterations.</param>
/// <param name="Termination">Why it ended.</param>
/// <param name="Evidence">The precisions at its end, or null where the penalty is fixed.</param>
internal sealed record StartedRun(ValidationMonitor Monitor, List<TrainingIteration> History, Termination Termination, Evidence? Evidence)
{
    /// <summary>What starts are compared by; least is best, and a run that is not a number comes last.</summary>
    internal double Score
    {
        get
        {
            double score = double.IsNaN(Monitor.BestError) ? History[^1].Loss : Monitor.BestError;
            return double.IsNaN(score) ? double.PositiveInfinity : score;
        }
    }

    internal void WriteState(StateWriter writer)
    {
        Monitor.WriteState(writer);
        writer.WriteHistory(History);
        writer.WriteTermination(Termination);
        writer.WriteEvidence(Evidence);
    }

    /// <param name="reader">Where it is read from.</param>
    /// <param name="monitor">A new monitor.</param>
    /// <param name="optimizer">What took its steps.</param>
    internal static StartedRun ReadState(StateReader reader, ValidationMonitor monitor, LevenbergMarquardt optimizer)
    {
        monitor.ReadState(reader, optimizer.ParameterCount);
        List<TrainingIteration> history = reader.ReadHistory();
        reader.Check(history.Count > 0, "there are no iterations");
        Termination? termination = reader.ReadTermination();
        reader.Check(termination is not null, "a run that has ended for no reason");
        return new StartedRun(monitor, history, termination!.Value, reader.ReadEvidence(optimizer.Evidence?.GroupCount ?? 0));
    }
}
