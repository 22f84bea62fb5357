using System.Numerics;

namespace GnMlNet.Balls.Matrices;

/// <summary>An approximate solution x' = entries * 2^exponent for one right side, with bounds on its error.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Exponent">Their power of two.</param>
/// <param name="RowFactor">Entry i errs by at most this times the norm of row i of X.</param>
/// <param name="Distance">A bound on the Euclidean norm of the error.</param>
internal sealed record SolutionColumn(BigInteger[] Entries, long Exponent, Magnitude RowFactor, Magnitude Distance)
{
    public bool IsZero => Array.TrueForAll(Entries, entry => entry.IsZero);

    /// <summary>At least |x'|_2.</summary>
    public Magnitude Norm
    {
        get
        {
            Magnitude sum = Magnitude.Zero;
            foreach (BigInteger entry in Entries)
            {
                Magnitude size = Magnitude.Of(entry);
                sum += size * size;
            }

            return sum.SquareRoot() << Exponent;
        }
    }
}
