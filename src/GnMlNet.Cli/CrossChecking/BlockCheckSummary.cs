using GnMlNet.Balls;
using GnMlNet.Reference.Blocks;
using Spectre.Console;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The figures of cross-checks of kernel blocks for people at a terminal and for programs.</summary>
internal static class BlockCheckSummary
{
    /// <summary>Adds the errors to the table of all runs.</summary>
    internal static void AddTo(Table table, BlockCheckResult result)
    {
        foreach (BlockError error in result.Errors)
        {
            table.AddRow(
                Markup.Escape(result.What.Name),
                error.Name,
                double.IsFinite(error.Error.Greatest) ? Invariant($"{error.Error.Greatest:0.0E+0}") : "nothing proved",
                Invariant($"{error.Ulps:G4}"),
                error.Bound is { } bound ? Invariant($"{bound:0.0E+0}") : "-",
                error.Bound is { } whole ? Invariant($"{error.Error.Greatest / whole:G2}") : "-",
                "-",
                Invariant($"{error.Count}"));
        }
    }

    /// <summary>One line about a member, or about some that were not checked.</summary>
    internal static string Sentence(BlockCheckResult result)
    {
        if (result.Check is not { } check) return $"{result.What.Name}: not checked, since {result.What.Reason}.";
        string verdict = (result.HasPromise, result.IsWithinBounds) switch
        {
            (false, _) => "nothing is promised of conjugate gradients, which end at 2% of the right side",
            (true, Verdict.Proved) => "every error proved to be within its bound",
            (true, Verdict.Refuted) => "an error is proved to be beyond its bound",
            _ => "not every error is proved to be within its bound",
        };
        string matrix = check.IsPositiveDefinite == Verdict.Proved
            ? Invariant($"the matrix of {check.Rows} rows proved positive definite, its condition number at most {check.ConditionNumber.Greatest:0.0E+0}")
            : Invariant($"the matrix of {check.Rows} rows not proved positive definite");
        return Invariant($"{result.What.Name}: {verdict}; {matrix}; {result.Elapsed.TotalSeconds:0.0} s.");
    }

    internal static object ToJson(BlockCheckResult result) => new
    {
        result.What.Name,
        form = result.What.Form.ToString(),
        notChecked = result.What.Reason,
        rows = result.Check?.Rows,
        isWithinBounds = result.Check is null || !result.HasPromise ? null : result.IsWithinBounds.ToString(),
        isPositiveDefinite = result.Check?.IsPositiveDefinite.ToString(),
        conditionNumber = result.Check is { } check ? Between(check.ConditionNumber) : null,
        errors = result.Errors.Select(error => new { quantity = error.Quantity, error = Between(error.Error), error.Ulps, error.Bound, isWithinBound = error.Bound is null ? null : error.IsWithinBound.ToString(), error.Count }),
        seconds = result.Elapsed.TotalSeconds,
    };

    private static object Between(CertifiedFigure figure) => new { atLeast = figure.Least, atMost = figure.Greatest };
}
