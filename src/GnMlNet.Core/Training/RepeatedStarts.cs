using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Core.Training;

/// <summary>The runs of a single network from several starts, of which the best is kept.</summary>
internal sealed class RepeatedStarts
{
    private readonly LevenbergMarquardt _optimizer;
    private readonly Func<ValidationMonitor> _newMonitor;
    private readonly RunCheckpoints? _checkpoints;
    private readonly string _form;

    /// <param name="optimizer">Takes the steps.</param>
    /// <param name="newMonitor">Makes what judges the points of a run.</param>
    /// <param name="checkpoints">What goes on from a checkpoint and writes others, or null.</param>
    /// <param name="form">How steps are computed, which memory decides.</param>
    internal RepeatedStarts(LevenbergMarquardt optimizer, Func<ValidationMonitor> newMonitor, RunCheckpoints? checkpoints, string form) =>
        (_optimizer, _newMonitor, _checkpoints, _form) = (optimizer, newMonitor, checkpoints, form);

    /// <summary>The best of the runs that have ended.</summary>
    internal StartedRun? Best { get; private set; }

    /// <summary>Trains from every start in turn, unless training is ended early.</summary>
    /// <param name="starts">How many there are.</param>
    /// <param name="draw">The starting point of each; asked for in order.</param>
    internal void Train(int starts, Func<int, double[]> draw)
    {
        int first = 0;
        var monitor = _newMonitor();
        bool goesOn = _checkpoints?.TryResume(reader => ReadState(reader, starts, monitor, out first)) ?? false;
        for (int start = 0; start < starts; start++)
        {
            // Also where it is not used, so that what is random goes on as it did.
            double[] point = draw(start);
            if (start < first) continue;
            if (start > first) monitor = _newMonitor();
            Termination? end = goesOn && start == first ? null : _optimizer.Begin(start, point, monitor);
            while (end is null)
            {
                if (_checkpoints is { IsDue: true }) Write(start);
                end = _optimizer.Advance();
            }

            if (end.Value.Rule == StoppingRule.StoppedByCaller && _checkpoints is not null) Write(start);
            var run = new StartedRun(monitor, _optimizer.History, end.Value, _optimizer.Evidence?.Current);
            if (Best is null || run.Score < Best.Score) Best = run;
            if (end.Value.Rule == StoppingRule.StoppedByCaller) break;
        }
    }

    private void Write(int start) => _checkpoints!.Write(_optimizer.History.Count - 1, writer =>
    {
        writer.Write(_form);
        writer.Write(start);
        writer.Write(Best is not null);
        Best?.WriteState(writer);
        _optimizer.WriteState(writer);
    });

    private int ReadState(StateReader reader, int starts, ValidationMonitor monitor, out int start)
    {
        _checkpoints!.Agree(reader, "the form of the steps (which the memory limit decides)", _form);
        start = reader.ReadInt32(0, starts - 1, "the number of the start");
        Best = reader.ReadBoolean("whether a run has ended") ? StartedRun.ReadState(reader, _newMonitor(), _optimizer) : null;
        _optimizer.ReadState(reader, monitor);
        return _optimizer.History.Count - 1;
    }
}
