using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Core.Ensembles;

/// <summary>
/// Whether an ensemble's error on left-out rows still falls enough to be worth its time: by a fortieth, in squares, from two thirds of the iterations to all of them. Beyond that twice the time buys a percent or two.
/// A small state machine that sees only numbers.
/// </summary>
internal sealed class LeftOutProgress
{
    // Before, an error can rest for a while.
    private const int FirstIteration = 100;

    private const double Share = 1.5;

    private readonly List<(int Iteration, double Best)> _rungs = [];

    /// <summary>The least fall that is worth it, as a share of the error.</summary>
    internal const double WorthwhileFall = 0.025;

    /// <summary>The error of a rung.</summary>
    /// <returns>By what share the best error has fallen lately, or NaN where that says nothing yet.</returns>
    internal double Judge(int iteration, double error)
    {
        double best = _rungs.Count == 0 ? error : Math.Min(error, _rungs[^1].Best);
        _rungs.Add((iteration, best));
        if (iteration < FirstIteration) return double.NaN;

        int earlier = _rungs.FindLastIndex(rung => Share * rung.Iteration <= iteration);
        return earlier < 0 ? double.NaN : 1 - (best / _rungs[earlier].Best);
    }

    /// <summary>Forgets what there was, since the rows have changed.</summary>
    internal void Forget() => _rungs.Clear();

    internal void WriteState(StateWriter writer)
    {
        writer.Write(_rungs.Count);
        foreach ((int iteration, double best) in _rungs)
        {
            writer.Write(iteration);
            writer.Write(best);
        }
    }

    internal void ReadState(StateReader reader)
    {
        _rungs.Clear();
        int count = reader.ReadCount(sizeof(int) + sizeof(double), "rungs");
        for (int i = 0; i < count; i++) _rungs.Add((reader.ReadInt32(0, int.MaxValue, "the iteration of a rung"), reader.ReadAny("the error of a rung")));
    }
}
