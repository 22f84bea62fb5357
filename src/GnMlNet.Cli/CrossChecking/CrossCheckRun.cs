using GnMlNet.Reference.CrossChecks;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The cross-check of one run.</summary>
/// <param name="Name">What the run is called.</param>
/// <param name="File">What its files are called.</param>
/// <param name="Report">The outcome.</param>
/// <param name="Elapsed">How long the check took.</param>
internal sealed record CrossCheckRun(string Name, string File, CrossCheckReport Report, TimeSpan Elapsed);
