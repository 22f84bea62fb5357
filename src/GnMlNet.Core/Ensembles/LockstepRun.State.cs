using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>
/// The state of a run: that after the steps of an iteration, before it is judged, or that after its end. What the kept members predict for the rows that they left out is computed anew.
/// </summary>
internal sealed partial class LockstepRun
{
    private void WriteState(StateWriter writer, int iteration, Termination? end)
    {
        writer.Write(KernelForm);
        writer.Write(_members.Count);
        writer.Write(iteration);
        writer.WriteTermination(end);
        writer.Write(BestIteration);
        writer.Write([_bestError, Errors.OfEnsemble, Errors.OfRowMeans]);
        writer.WriteHistory(_history);
        _progress.WriteState(writer);
        _growth.WriteState(writer);
        _members.WriteState(writer);
    }

    private (int Iteration, Termination? End) ReadState(StateReader reader)
    {
        _checkpoints!.Agree(reader, "the form of the kernel block (which the memory limit decides)", KernelForm);
        reader.ReadInt32(_members.Count, _members.Count, "the number of networks");
        int iteration = reader.ReadInt32(0, int.MaxValue, "the iteration");
        Termination? end = reader.ReadTermination();
        BestIteration = reader.ReadInt32(0, iteration, "the best iteration");
        double[] errors = reader.ReadAny(3, "the errors of the best iteration");
        (_bestError, Errors) = (errors[0], new LeftOutErrors(errors[1], errors[2]));
        _history.AddRange(reader.ReadHistory());
        reader.Check(_history.Count == (end is null ? iteration : iteration + 1), $"{_history.Count} iterations before iteration {iteration}");
        _progress.ReadState(reader);
        _growth.ReadState(reader);
        _members.ReadState(reader);
        return (iteration, end);
    }
}
