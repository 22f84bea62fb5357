using GnMlNet.Cli.Internals;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>A run that is to be checked.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="File">What its files are called.</param>
/// <param name="Record">Makes it, when it is its turn.</param>
/// <param name="Computed">What the fast path computes at its iterates.</param>
internal sealed record RunToCheck(string Name, string File, Func<RecordedRun> Record, Func<RecordedRun, Func<RecordedIterate, ComputedValues>> Computed)
{
    internal RunToCheck(string name, string file, Func<RecordedRun> record) : this(name, file, record, FastPath.Of)
    {
    }
}
