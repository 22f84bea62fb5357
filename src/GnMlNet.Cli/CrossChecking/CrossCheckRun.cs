using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.CrossChecks;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The cross-check of one run.</summary>
/// <param name="Name">What the run is called.</param>
/// <param name="File">What its files are called.</param>
/// <param name="Report">The outcome.</param>
/// <param name="Certificate">A certificate of the step with the greatest error, or null where nothing is proved of any step.</param>
/// <param name="Elapsed">How long the check took.</param>
internal sealed record CrossCheckRun(string Name, string File, CrossCheckReport Report, StepCertificate? Certificate, TimeSpan Elapsed);
