namespace GnMlNet.Reference.Blocks;

/// <summary>The certified errors of the variances that a kernel block tells at some rows. The numbers of the triangle and of the kernel are taken as exact.</summary>
/// <remarks>docs/crosscheck.md, "Intervals of predictions".</remarks>
/// <param name="Error">The greatest error, in units of the label squared.</param>
/// <param name="Promised">What error analysis promises of it.</param>
/// <param name="IsWithinBound">Whether every error is within its own bound.</param>
/// <param name="Count">At how many rows.</param>
public sealed record PosteriorCrossCheck(CertifiedFigure Error, double Promised, Verdict IsWithinBound, int Count)
{
    private const int Bits = 128;

    /// <summary>Certifies variances.</summary>
    /// <param name="posterior">What they were computed from.</param>
    /// <param name="rows">The rows, one behind the other, as the kernel sees them.</param>
    /// <param name="variances">What was computed at each.</param>
    /// <exception cref="ArgumentException">The numbers do not fit one another; the message names which.</exception>
    public static PosteriorCrossCheck Of(RecordedPosterior posterior, double[] rows, double[] variances)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        ArgumentNullException.ThrowIfNull(variances);
        posterior.Checked();
        RecordedKernel.Fits(nameof(rows), rows, variances.Length * posterior.ColumnCount);
        RecordedKernel.Fits(nameof(variances), variances, variances.Length);
        var kernel = new BlockKernel(posterior, Bits);
        var triangle = ScaledIntegers.Of(1, posterior.Triangle.Length, posterior.Triangle);
        (ScaledIntegers values, Magnitude error) = kernel.Cross(rows);
        Magnitude[] errors = [.. Enumerable.Repeat(error, posterior.RowCount)];
        var figures = new CertifiedFigure[variances.Length];
        var bounds = new double[variances.Length];
        for (int j = 0; j < figures.Length; j++)
        {
            var form = TriangularForm.Of(triangle, [.. Enumerable.Range(0, posterior.RowCount).Select(i => values[i, j])], values.Exponent, errors, RecordedKernel.DoubleUnit, posterior.ValueError);
            // Cutting off below zero moves no two numbers further apart.
            Dyadic exact = kernel.Diagonal - form.Value;
            if (exact.Sign < 0) exact = Dyadic.Zero;
            figures[j] = CertifiedFigure.Of(Ball.Abs(new Ball(exact - Dyadic.FromDouble(variances[j]), form.Error)));
            bounds[j] = form.Promised + (3 * RecordedKernel.DoubleUnit * posterior.Diagonal);
        }

        Verdict[] verdicts = [.. figures.Zip(bounds, (figure, bound) => figure.IsAtMost(bound))];
        return new PosteriorCrossCheck(
            CertifiedFigure.GreatestOf(figures), bounds.DefaultIfEmpty(0).Max(), verdicts.Contains(Verdict.Refuted) ? Verdict.Refuted : verdicts.All(verdict => verdict == Verdict.Proved) ? Verdict.Proved : Verdict.Undecided, figures.Length);
    }
}
