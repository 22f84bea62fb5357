using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Core.Steps;

/// <summary>
/// When a preconditioner that ages is renewed: once what its age has cost in further iterations comes to what a new one costs. Nobody knows how it will go on aging; this costs at most twice what the
/// best choice in hindsight does (the rule for renting or buying; Karlin, Manasse, Rudolph and Sleator, Competitive snoopy caching, 1988). A small state machine that sees only numbers.
/// </summary>
/// <param name="costOfRenewal">What a new one costs.</param>
/// <param name="costOfIteration">What an iteration costs.</param>
internal sealed class RenewalPolicy(double costOfRenewal, double costOfIteration)
{
    private int _least = int.MaxValue;
    private double _excess;

    /// <summary>Whether it is to be renewed now.</summary>
    internal bool IsDue => _excess * costOfIteration > costOfRenewal;

    /// <summary>It was used for a solve.</summary>
    /// <param name="iterations">How many iterations that took.</param>
    internal void Used(int iterations)
    {
        _least = Math.Min(_least, iterations);
        _excess += iterations - _least;
    }

    /// <summary>It was renewed.</summary>
    internal void Renewed() => (_least, _excess) = (int.MaxValue, 0);

    internal void WriteState(StateWriter writer)
    {
        writer.Write(_least);
        writer.Write(_excess);
    }

    internal void ReadState(StateReader reader) =>
        (_least, _excess) = (reader.ReadInt32(0, int.MaxValue, "the least iterations of a solve"), reader.ReadFinite("the iterations beyond them", least: 0));
}
