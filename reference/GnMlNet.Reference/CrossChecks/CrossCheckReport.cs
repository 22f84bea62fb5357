using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>The cross-check of a run.</summary>
/// <param name="Kind">What kind of run.</param>
/// <param name="RowCount">n.</param>
/// <param name="ParameterCount">p.</param>
/// <param name="Iterates">Every iterate whose figures were checked.</param>
/// <param name="Findings">What holds between iterates, for every rule that was checked.</param>
public sealed record CrossCheckReport(RunKind Kind, int RowCount, int ParameterCount, IReadOnlyList<CheckedIterate> Iterates, IReadOnlyList<RuleFinding> Findings)
{
    /// <summary>The worst certified error of every quantity, with the iterate where it occurred.</summary>
    public IReadOnlyList<(CheckedIterate At, CertifiedError Error)> Worst =>
    [
        .. from iterate in Iterates
           from error in iterate.Errors
           group (At: iterate, Error: error) by error.Quantity into quantity
           orderby quantity.Key
           select quantity.MaxBy(pair => (pair.Error.IsWithinBound == Verdict.Refuted, Severity(pair.Error))),
    ];

    /// <summary>Everything that is not proved, in the order of the run.</summary>
    public IReadOnlyList<OpenFigure> Open =>
    [
        .. Iterates.SelectMany(iterate => iterate.Errors
            .Where(error => error.IsWithinBound != Verdict.Proved)
            .Select(error => (iterate.Index, Figure: new OpenFigure(error.Quantity.ToString(), iterate.Iteration, error.IsWithinBound, Describe(error)))))
            .Concat(Findings
                .Where(finding => finding.Verdict != Verdict.Proved)
                .Select(finding => (finding.Index, Figure: new OpenFigure(finding.Rule.ToString(), finding.Iteration, finding.Verdict, finding.Reason))))
            .OrderBy(at => at.Index).Select(at => at.Figure),
    ];

    /// <summary>Refuted when an error is proved to exceed its documented bound or a rule is broken, proved when none is and everything is decided, else undecided.</summary>
    public Verdict IsWithinBounds
    {
        get
        {
            Verdict[] verdicts = [.. Iterates.SelectMany(iterate => iterate.Errors).Select(error => error.IsWithinBound), .. Findings.Select(finding => finding.Verdict)];
            if (verdicts.Contains(Verdict.Refuted)) return Verdict.Refuted;
            return Array.TrueForAll(verdicts, verdict => verdict == Verdict.Proved) ? Verdict.Proved : Verdict.Undecided;
        }
    }

    // Where the exact value may be zero there is no relative error: that is no flaw unless the absolute one exceeds its bound.
    private static double Severity(CertifiedError error) =>
        !double.IsNaN(error.Relative) ? error.Relative : error.IsWithinBound == Verdict.Proved ? 0 : double.PositiveInfinity;

    private static string Describe(CertifiedError error) => error.IsWithinBound == Verdict.Refuted
        ? FormattableString.Invariant($"its error is at least {error.AtLeast:0.0E+0}, and {error.AbsoluteBound:0.0E+0} is promised")
        : double.IsFinite(error.AbsoluteBound) ? "its exact value is not known closely enough" : "no bound of its error is proved";
}
