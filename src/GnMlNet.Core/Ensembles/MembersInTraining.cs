using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>The members of an ensemble in training, wherever they are trained: they advance together, an iteration at a time, and each remembers its best state.</summary>
/// <param name="rows">The rows of each: those that it trains on and those that it leaves out.</param>
internal abstract class MembersInTraining(IReadOnlyList<MemberRows> rows)
{
    /// <summary>The rows of each: those that it trains on and those that it leaves out.</summary>
    internal IReadOnlyList<MemberRows> Rows => rows;

    /// <summary>K.</summary>
    internal int Count => rows.Count;

    /// <summary>What the last iteration of each did.</summary>
    internal abstract IReadOnlyList<TrainingIteration> Latest { get; }

    /// <summary>The networks as they are now.</summary>
    internal abstract IReadOnlyList<PassPoint> Points { get; }

    /// <summary>The networks as they were kept last; null before.</summary>
    internal abstract IReadOnlyList<NetworkMember?> Kept { get; }

    /// <summary>Takes a step of each. Where none lowers its loss a member rests: another penalty may change that at the next iteration.</summary>
    internal abstract void Advance();

    /// <summary>Remembers the present states as the best ones.</summary>
    internal abstract void Keep();

    /// <summary>Goes on from where they are with more of their rows.</summary>
    /// <param name="count">How many of them, from the first on; of a member that has fewer all.</param>
    internal abstract void Grow(int count);

    /// <summary>Takes no more steps, and gives back what only these need.</summary>
    internal abstract void Rest();

    /// <summary>Measures the leverage of the kept networks from their curvature there, and the variance of their noise.</summary>
    /// <param name="keep">Whether leverage is that of networks that keep it, for other rows.</param>
    /// <param name="isWanted">Whether the kept networks keep theirs, since there are none after them.</param>
    /// <returns>Of each 1/b and the leverage at every left-out row.</returns>
    internal abstract (double NoiseVariance, double[] LeftOut)[] MeasureLeverage(bool keep, bool isWanted);

    /// <summary>Gives back the rows and all that steps need: what was kept is all that is left.</summary>
    internal abstract void End();

    /// <summary>The networks after <see cref="FinalSteps"/> from those that were kept.</summary>
    /// <param name="steps">How many, at least 1.</param>
    /// <param name="keepsLeverage">Whether they keep their leverage.</param>
    internal abstract NetworkMember[] Finish(int steps, bool keepsLeverage);

    /// <summary>Everything that the next iterations come from, and the kept networks.</summary>
    internal abstract void WriteState(StateWriter writer);

    /// <summary>Goes on from a state instead of the starting points.</summary>
    /// <exception cref="FormatException">It is damaged, or of other networks or other rows.</exception>
    internal abstract void ReadState(StateReader reader);

    /// <summary>The predictions of a network for rows, limited to a range.</summary>
    internal static double[] Predict(PassPoint point, IEnumerable<double[]> rows, LabelRange range)
    {
        var network = new Network(point.Shape, point.Activation, point.Theta);
        return [.. rows.Select(inputs => range.Limit(network.Predict(inputs)))];
    }
}
