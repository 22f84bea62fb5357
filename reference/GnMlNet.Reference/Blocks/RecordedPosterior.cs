namespace GnMlNet.Reference.Blocks;

/// <summary>What tells the variance of a kernel block's function at any x: k(x, x) - |T k(Z, x)|², not below 0, with a lower triangle T over m centres Z, the <see cref="RecordedKernel.Inputs"/>.</summary>
public sealed record RecordedPosterior : RecordedKernel
{
    /// <summary>T, m (m + 1)/2 numbers, row by row.</summary>
    public required double[] Triangle { get; init; }

    /// <inheritdoc/>
    public override int RowCount => ColumnCount == 0 ? 0 : Inputs.Length / ColumnCount;

    /// <summary>The same once its numbers are known to make one.</summary>
    /// <exception cref="ArgumentException">They do not; the message names the number that does not fit.</exception>
    internal RecordedPosterior Checked()
    {
        CheckKernel(Math.Max(1, RowCount));
        Fits(nameof(Triangle), Triangle, checked(RowCount * (RowCount + 1) / 2));
        return this;
    }
}
