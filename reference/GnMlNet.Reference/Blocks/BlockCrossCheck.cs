namespace GnMlNet.Reference.Blocks;

/// <summary>What is certified of a kernel block, given the same numbers: how far its doubles are from the exact values. Where nothing is proved a figure is at most infinity.</summary>
/// <param name="Rows">n.</param>
/// <param name="Columns">d.</param>
/// <param name="Bits">The places below the leading one of k(x, x) that were used.</param>
/// <param name="IsPositiveDefinite">Whether C is proved to be positive definite; the other figures need it, but <paramref name="BackwardError"/>.</param>
/// <param name="CoefficientError">|ã - a|/|a| of the given coefficients ã.</param>
/// <param name="BackwardError">|y - C ã|/(|C| |ã|): the least relative change of C that makes ã exact, whatever the condition number.</param>
/// <param name="Promised">What error analysis promises of some of the errors where a Cholesky factorization in double found ã.</param>
/// <param name="ConditionNumber">λ_max(C)/λ_min(C).</param>
/// <param name="LeftOutError">The greatest error of the left-out predictions, in units of the label; null where none were given. A left-out residual y_i - prediction errs by as much.</param>
/// <param name="PredictionError">The greatest error of the predictions at further rows, in units of the label; null where none were given.</param>
/// <param name="VarianceError">The greatest error of the variances there, in units of the label squared; null where none were given.</param>
public sealed record BlockCrossCheck(
    int Rows,
    int Columns,
    int Bits,
    Verdict IsPositiveDefinite,
    CertifiedFigure CoefficientError,
    CertifiedFigure BackwardError,
    BlockPromise Promised,
    CertifiedFigure ConditionNumber,
    CertifiedFigure? LeftOutError,
    CertifiedFigure? PredictionError,
    CertifiedFigure? VarianceError)
{
    /// <summary>Certifies a block of up to some thousands of rows.</summary>
    /// <param name="block">The block with its coefficients.</param>
    /// <param name="computed">What else was computed of it, or null.</param>
    /// <param name="bits">The places to begin with, at least 64; they are doubled where they do not suffice, up to 1024.</param>
    /// <exception cref="ArgumentException">The numbers make no block, or what was computed does not fit it; the message names the one.</exception>
    public static BlockCrossCheck Of(RecordedBlock block, ComputedBlockValues? computed = null, int bits = 128)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 64);
        block.Checked();
        Check(block, computed ??= new ComputedBlockValues());
        EnclosedBlock exact = EnclosedBlock.Of(block, bits);
        bool isSolved = exact.Solution is not null;
        (Ball smallest, Ball largest) = exact.Eigenvalues();
        CertifiedFigure condition = exact.IsPositiveDefinite == Verdict.Proved ? Quotient(largest, smallest) : CertifiedFigure.Unknown;
        (Ball[] predictions, Ball[] variances) = isSolved && computed.Rows.Length > 0 ? exact.At(computed.Rows, computed.Variances is not null) : ([], []);
        return new BlockCrossCheck(
            block.RowCount,
            block.ColumnCount,
            exact.Bits,
            exact.IsPositiveDefinite,
            isSolved ? Share(exact.DistanceOf(block.Coefficients), exact.Size()) : CertifiedFigure.Unknown,
            Share(exact.ResidualOf(block.Coefficients), Ball.Multiply(largest, exact.SizeOf(block.Coefficients), exact.Bits)),
            BlockPromise.Of(block, exact.IsPositiveDefinite == Verdict.Proved ? CertifiedFigure.Of(smallest).Least : 0, CertifiedFigure.Of(largest).Least, condition.Greatest),
            condition,
            Greatest(computed.LeftOutPredictions, isSolved ? exact.LeftOutPredictions : null),
            Greatest(computed.Predictions, isSolved ? () => predictions : null),
            Greatest(computed.Variances, isSolved ? () => variances : null));
    }

    private static void Check(RecordedBlock block, ComputedBlockValues computed)
    {
        int rows = computed.Rows.Length / block.ColumnCount;
        RecordedBlock.Fits(nameof(computed.Rows), computed.Rows, rows * block.ColumnCount);
        if (computed.LeftOutPredictions is { } leftOut) RecordedBlock.Fits(nameof(computed.LeftOutPredictions), leftOut, block.RowCount);
        if (computed.Predictions is { } predictions) RecordedBlock.Fits(nameof(computed.Predictions), predictions, rows);
        if (computed.Variances is { } variances) RecordedBlock.Fits(nameof(computed.Variances), variances, rows);
    }

    private static CertifiedFigure? Greatest(double[]? computed, Func<Ball[]>? exact)
    {
        if (computed is null) return null;
        if (exact is null) return CertifiedFigure.Unknown;
        return CertifiedFigure.GreatestOf(computed.Zip(exact(), (value, ball) => CertifiedFigure.Of(Ball.Abs(new Ball(ball.Midpoint - Dyadic.FromDouble(value), ball.Radius)))));
    }

    // Of two sizes; zero over zero is no error.
    private static CertifiedFigure Share(Ball error, Ball size) => error.IsExact && error.Midpoint.IsZero ? new CertifiedFigure(0, 0) : Quotient(error, size);

    // Through the ends: a ball of the quotient would be wider.
    private static CertifiedFigure Quotient(Ball a, Ball b)
    {
        Dyadic least = b.AbsLower();
        if (!a.IsFinite || least.IsZero) return CertifiedFigure.Unknown;
        return new CertifiedFigure(
            CertifiedFigure.Of(Ball.Exact(DyadicQuotient.Down(a.AbsLower(), b.Upper))).Least,
            CertifiedFigure.Of(Ball.Exact(DyadicQuotient.Up(a.Upper, least))).Greatest);
    }
}
