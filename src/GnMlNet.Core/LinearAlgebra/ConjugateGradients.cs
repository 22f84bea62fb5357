namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// Preconditioned conjugate gradients for A x = b with a symmetric positive definite A that is known by its products (Nocedal and Wright, Numerical Optimization, 2006, algorithm 5.3). Room for
/// systems of one size; a solve allocates nothing.
/// </summary>
/// <param name="size">The numbers in x.</param>
/// <param name="multiply">Writes A times its first argument into its second.</param>
/// <param name="precondition">Overwrites its argument with M^-1 times it, M symmetric positive definite.</param>
internal sealed class ConjugateGradients(int size, Action<double[], double[]> multiply, Action<double[]> precondition)
{
    private readonly double[] _preconditioned = new double[size];
    private readonly double[] _search = new double[size];
    private readonly double[] _product = new double[size];

    /// <summary>b - A x of the last solve.</summary>
    internal double[] Remainder { get; } = new double[size];

    /// <summary>The products with A of the last solve.</summary>
    internal int Iterations { get; private set; }

    /// <summary>The norm of the remainder of the last solve, as a share of that of b; 0 where b is 0.</summary>
    internal double RemainderShare { get; private set; }

    /// <summary>Whether the last solve was as accurate as asked.</summary>
    internal bool HasConverged { get; private set; }

    /// <summary>Solves, from x = 0.</summary>
    /// <param name="rightSide">b.</param>
    /// <param name="accuracy">The norm of the remainder, as a share of that of b, at which iterations end.</param>
    /// <param name="norm">Which norm.</param>
    /// <param name="mostIterations">The most products.</param>
    /// <param name="solution">Where x goes.</param>
    /// <returns>False where A turned out not to be positive definite to working precision.</returns>
    internal bool Solve(double[] rightSide, double accuracy, RemainderNorm norm, long mostIterations, double[] solution)
    {
        (Iterations, HasConverged) = (0, false);
        Array.Clear(solution);
        rightSide.CopyTo(Remainder, 0);
        double slope = Precondition();
        _preconditioned.CopyTo(_search, 0);
        double first = Norm(norm, slope), goal = accuracy * first;
        while (Iterations < mostIterations && Norm(norm, slope) > goal)
        {
            multiply(_search, _product);
            double curvature = Vectors.Dot(_search, _product);
            if (!(curvature > 0))
            {
                RemainderShare = Norm(norm, slope) / first;
                return false;
            }

            Iterations++;
            double length = slope / curvature;
            Vectors.AddScaled(_search, length, solution);
            Vectors.AddScaled(_product, -length, Remainder);
            double next = Precondition(), ratio = next / slope;
            for (int i = 0; i < _search.Length; i++) _search[i] = (ratio * _search[i]) + _preconditioned[i];
            slope = next;
        }

        double last = Norm(norm, slope);
        (HasConverged, RemainderShare) = (last <= goal, first > 0 ? last / first : 0);
        return true;
    }

    private double Norm(RemainderNorm norm, double slope) => norm == RemainderNorm.Euclidean ? Vectors.Norm(Remainder) : Math.Sqrt(Math.Max(0, slope));

    /// <summary>Makes M^-1 r; returns r . M^-1 r.</summary>
    private double Precondition()
    {
        Remainder.CopyTo(_preconditioned, 0);
        precondition(_preconditioned);
        return Vectors.Dot(Remainder, _preconditioned);
    }
}
