using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>The cross-check of a run.</summary>
/// <param name="Kind">What kind of run.</param>
/// <param name="RowCount">n.</param>
/// <param name="ParameterCount">p.</param>
/// <param name="Iterates">Every iterate that was checked.</param>
public sealed record CrossCheckReport(RunKind Kind, int RowCount, int ParameterCount, IReadOnlyList<CheckedIterate> Iterates)
{
    /// <summary>The worst certified error of every quantity, with the iterate where it occurred.</summary>
    public IReadOnlyList<(CheckedIterate At, CertifiedError Error)> Worst =>
    [
        .. from iterate in Iterates
           from error in iterate.Errors
           group (At: iterate, Error: error) by error.Quantity into quantity
           orderby quantity.Key
           select quantity.MaxBy(pair => Severity(pair.Error)),
    ];

    // Where the exact value may be zero there is no relative error: that is no flaw unless the absolute one exceeds its bound.
    private static double Severity(CertifiedError error) =>
        !double.IsNaN(error.Relative) ? error.Relative : error.IsWithinBound == Verdict.Proved ? 0 : double.PositiveInfinity;

    /// <summary>Proved when every certified error is within its documented bound; undecided otherwise, since a bound that is not met may be due to too few bits.</summary>
    public Verdict IsWithinBounds =>
        Iterates.All(iterate => iterate.ParametersFollow && iterate.Errors.All(error => error.IsWithinBound == Verdict.Proved)) ? Verdict.Proved : Verdict.Undecided;
}
