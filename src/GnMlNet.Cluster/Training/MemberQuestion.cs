using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Training;

/// <summary>What the coordinator wants to know of a member once it has taken its steps.</summary>
internal abstract record MemberQuestion
{
    /// <summary>Where it is, in a few numbers.</summary>
    /// <param name="WithState">Whether the whole state is wanted, too, from which any silo goes on.</param>
    internal sealed record Report(bool WithState) : MemberQuestion;

    /// <summary>The leverage of the kept network. No steps follow.</summary>
    /// <param name="Keep">Whether leverage is that of networks that keep it.</param>
    /// <param name="IsWanted">Whether what is kept is wanted, and not the leverage at the left-out rows alone.</param>
    internal sealed record Leverage(bool Keep, bool IsWanted) : MemberQuestion;

    /// <summary>The network after last steps with all rows; hangs on nothing that went before.</summary>
    /// <param name="Steps">How many.</param>
    /// <param name="KeepsLeverage">Whether it keeps its leverage.</param>
    /// <param name="Parameters">The weights of the kept network.</param>
    /// <param name="Evidence">Its precisions, or null.</param>
    internal sealed record Finish(int Steps, bool KeepsLeverage, double[] Parameters, Evidence? Evidence) : MemberQuestion;
}
