using GnMlNet.Balls;
using GnMlNet.Core.Kernels;
using GnMlNet.Reference.Blocks;

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
            Verdict[] verdicts = [Check.IsPositiveDefinite, .. Errors.Select(error => error.IsWithinBound)];
            return verdicts.Contains(Verdict.Refuted) ? Verdict.Refuted : Array.TrueForAll(verdicts, verdict => verdict == Verdict.Proved) ? Verdict.Proved : Verdict.Undecided;
        }
    }

    /// <summary>Whether what is promised holds; what is not checked, or of which nothing is promised, does not break a promise.</summary>
    internal bool Holds => Check is null || !HasPromise || IsWithinBounds == Verdict.Proved;

    private double? Promised(double bound) => HasPromise ? bound : null;
}
