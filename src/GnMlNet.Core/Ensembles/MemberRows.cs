using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Ensembles;

/// <summary>The rows of a member of an ensemble, wherever they are: those that it trains on, and those that it leaves out and is judged by.</summary>
internal abstract class MemberRows
{
    /// <summary>Which map its inputs come from.</summary>
    internal abstract int Map { get; }

    /// <summary>d, the number of inputs.</summary>
    internal abstract int InputSize { get; }

    /// <summary>How many rows it trains on.</summary>
    internal abstract int TrainingCount { get; }

    /// <summary>Rows that it leaves out, by their numbers in <see cref="EnsembleRows.Views"/>.</summary>
    internal abstract int[] LeftOut { get; }

    /// <summary>The inputs of these, one row after the other in the same array.</summary>
    internal abstract IEnumerable<double[]> LeftOutInputs();

    /// <summary>The objective of some of the rows that it trains on.</summary>
    /// <param name="count">How many of them, from the first on; at least so many where they come in blocks.</param>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="activation">Its activation.</param>
    /// <param name="penalty">lambda.</param>
    /// <param name="room">Room that members who take their steps in turn share, or null.</param>
    internal abstract PenalizedObjective Objective(int count, NetworkShape shape, Activation activation, double penalty, LinearizationRoom? room);

    /// <summary>All rows, none of them left out.</summary>
    internal abstract MemberRows WithAll();
}
