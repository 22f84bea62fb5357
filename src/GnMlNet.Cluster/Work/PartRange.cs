namespace GnMlNet.Cluster.Work;

/// <summary>Neighbouring parts of a table.</summary>
/// <param name="First">The number of the first part.</param>
/// <param name="End">The number behind that of the last part.</param>
internal readonly record struct PartRange(int First, int End)
{
    internal int Count => End - First;

    public override string ToString() => FormattableString.Invariant($"[{First}, {End})");
}
