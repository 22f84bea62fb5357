using System.Numerics;
using GnMlNet.Balls;
using GnMlNet.Reference.Blocks;

namespace GnMlNet.Reference.Tests.Blocks;

/// <summary>A small block by definition, in fixed point of 600 places: the exponential by its power series, systems by elimination, rows left out by leaving them out.</summary>
internal sealed class PlainBlock(RecordedBlock block)
{
    private const int Places = 600;

    // What fixed point may have lost on a well-conditioned instance, and far more.
    private static readonly Magnitude Tolerance = Magnitude.PowerOfTwo(-500);

    private static readonly BigInteger One = BigInteger.One << Places;

    private int N => block.RowCount;

    /// <summary>a.</summary>
    public BigInteger[] Coefficients() => Solve([.. Enumerable.Range(0, N)], [.. block.Labels.Select(Of)]);

    /// <summary>The prediction of each row by the block that is solved without it.</summary>
    public BigInteger[] LeftOutPredictions() => [.. Enumerable.Range(0, N).Select(i =>
    {
        int[] others = [.. Enumerable.Range(0, N).Where(j => j != i)];
        BigInteger[] a = Solve(others, [.. others.Select(j => Of(block.Labels[j]))]);
        return Dot([.. others.Select(j => Kernel(Row(i), Row(j)))], a);
    })];

    /// <summary>k_x^T a.</summary>
    public BigInteger Prediction(double[] x) => Dot([.. Enumerable.Range(0, N).Select(j => Kernel(x, Row(j)))], Coefficients());

    /// <summary>k(x, x) - k_x^T C^-1 k_x.</summary>
    public BigInteger Variance(double[] x)
    {
        BigInteger[] column = [.. Enumerable.Range(0, N).Select(j => Kernel(x, Row(j)))];
        return Kernel(x, x) - Dot(column, Solve([.. Enumerable.Range(0, N)], column));
    }

    /// <summary>Whether a ball contains such a number, up to what fixed point lost.</summary>
    public static bool IsIn(Ball ball, BigInteger value) => ball.IsFinite && Magnitude.Of(new Dyadic(value, -Places) - ball.Midpoint) <= ball.Radius + Tolerance;

    /// <summary>The nearest double.</summary>
    public static double ToDouble(BigInteger value) => new Dyadic(value, -Places).ToDouble();

    private double[] Row(int i) => block.Inputs[(i * block.ColumnCount)..((i + 1) * block.ColumnCount)];

    private BigInteger Kernel(double[] x, double[] z)
    {
        BigInteger laplace = 0, gaussian = 0;
        for (int k = 0; k < x.Length; k++)
        {
            BigInteger distance = BigInteger.Abs(Of(x[k]) - Of(z[k]));
            laplace += Times(Of(block.LaplaceRates[k]), distance);
            gaussian += Times(Times(Of(block.GaussianRates[k]), distance), Times(Of(block.GaussianRates[k]), distance));
        }

        return Times(Of(block.LaplaceScale), OneOverExp(laplace)) + Times(Of(block.GaussianScale), OneOverExp(gaussian / 2)) + Of(block.Constant);
    }

    // 1/e^t, e^t by its series.
    private static BigInteger OneOverExp(BigInteger t)
    {
        BigInteger sum = 0, term = One;
        for (int k = 1; !term.IsZero; k++)
        {
            sum += term;
            term = Times(term, t) / k;
        }

        return Over(One, sum);
    }

    private BigInteger[] Solve(int[] rows, BigInteger[] right)
    {
        int n = rows.Length;
        var c = new BigInteger[n, n];
        BigInteger[] x = [.. right];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++) c[i, j] = Kernel(Row(rows[i]), Row(rows[j]));
            c[i, i] += Over(Of(block.NoiseVariance), Of(block.RowWeights[rows[i]])) + Of(block.Jitter);
        }

        for (int pivot = 0; pivot < n; pivot++)
        {
            for (int i = 0; i < n; i++)
            {
                if (i == pivot) continue;
                BigInteger factor = Over(c[i, pivot], c[pivot, pivot]);
                for (int j = 0; j < n; j++) c[i, j] -= Times(factor, c[pivot, j]);
                x[i] -= Times(factor, x[pivot]);
            }
        }

        return [.. x.Select((entry, i) => Over(entry, c[i, i]))];
    }

    private static BigInteger Dot(BigInteger[] a, BigInteger[] b) => a.Zip(b, Times).Aggregate((sum, term) => sum + term);

    private static BigInteger Times(BigInteger a, BigInteger b) => (a * b) >> Places;

    private static BigInteger Over(BigInteger a, BigInteger b) => (a << Places) / b;

    // Doubles of the samples have their last place far above 2^-Places.
    private static BigInteger Of(double value)
    {
        Dyadic exact = Dyadic.FromDouble(value);
        return exact.Mantissa << checked((int)(exact.IsZero ? 0 : exact.Exponent + Places));
    }
}
