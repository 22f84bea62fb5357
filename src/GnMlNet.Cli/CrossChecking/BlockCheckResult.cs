using GnMlNet.Balls;
using GnMlNet.Core.Kernels;
using GnMlNet.Reference.Blocks;
using GnMlNet.Reference.CrossChecks;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The cross-check of a member of a kernel block.</summary>
/// <param name="What">What was to be checked.</param>
/// <param name="Check">The outcome, or null where it was not checked.</param>
/// <param name="Elapsed">How long the check took.</param>
internal sealed record BlockCheckResult(BlockToCheck What, BlockCrossCheck? Check, TimeSpan Elapsed)
{
    /// <summary>The certified errors of what was checked.</summary>
    internal IReadOnlyList<BlockError> Errors => Check is not { } check ? [] :
    [
        new("Coefficients", "coefficients", check.CoefficientError, Promised(check.Promised.CoefficientError), Count: 1),
        new("BackwardError", "backward error", check.BackwardError, Promised(check.Promised.BackwardError), Count: 1),
        .. check.PredictionError is { } error ? [new("Predictions", "predictions, absolute", error, Promised(check.Promised.PredictionError), What.Computed!.Predictions!.Length)] : Array.Empty<BlockError>(),
    ];

    /// <summary>Whether something is promised of the errors: a Cholesky factorization is as accurate as it can be, conjugate gradients end where they are told to.</summary>
    internal bool HasPromise => What.Form == KernelForm.Exact;

    /// <summary>Whether every error is within its bound and the matrix positive definite; refuted where an error is proved to be beyond its bound.</summary>
    internal Verdict IsWithinBounds
    {
        get
        {
            if (Check is null || !HasPromise) return Verdict.Undecided;
            return Verdicts.Of([Check.IsPositiveDefinite, .. Errors.Select(error => error.IsWithinBound)]);
        }
    }

    /// <summary>Whether what is promised holds: undecided where it was not checked, proved where nothing is promised.</summary>
    internal Verdict Verdict => Check is null ? Verdict.Undecided : HasPromise ? IsWithinBounds : Verdict.Proved;

    /// <summary>Everything that is not proved.</summary>
    internal IEnumerable<OpenFigure> Open
    {
        get
        {
            if (Check is null) return [new OpenFigure("Block", 0, Verdict.Undecided, $"not checked, since {What.Reason}")];
            if (!HasPromise) return [];
            IEnumerable<OpenFigure> errors = Errors.Where(error => error.IsWithinBound != Verdict.Proved).Select(error => new OpenFigure(error.Quantity, 0, error.IsWithinBound, "its error is not proved to be within its bound"));
            return Check.IsPositiveDefinite == Verdict.Proved ? errors : [.. errors, new OpenFigure("PositiveDefinite", 0, Check.IsPositiveDefinite, "the matrix is not proved to be positive definite")];
        }
    }

    private double? Promised(double bound) => HasPromise ? bound : null;
}
