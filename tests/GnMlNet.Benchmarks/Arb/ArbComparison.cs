using System.Globalization;
using System.Numerics;
using GnMlNet.Balls;
using GnMlNet.Balls.Matrices;

namespace GnMlNet.Benchmarks.Arb;

/// <summary>This side of the comparison with Arb, see compare.sh; prints what arb.c prints, one line for each work.</summary>
internal static class ArbComparison
{
    // Until the compiler has optimized what is called.
    private const double WarmUpSeconds = 4;

    private const int SolutionBits = 128;

    /// <summary>Runs <c>inputs FILE</c> or <c>measure SECONDS_EACH</c>.</summary>
    internal static void Run(string[] arguments)
    {
        if (arguments is ["inputs", string path])
        {
            using var writer = new StreamWriter(path);
            new ArbInputs().Write(writer);
            return;
        }

        if (arguments is not ["measure", string seconds]) throw new ArgumentException("Usage: arb inputs FILE | arb measure SECONDS_EACH", nameof(arguments));
        Measure(double.Parse(seconds, CultureInfo.InvariantCulture));
    }

    private static void Measure(double seconds)
    {
        var inputs = new ArbInputs();
        foreach (int bits in ArbInputs.GramBits)
        {
            IntegerMatrix factor = inputs.Factor(bits);
            Print($"gram-{bits}", Milliseconds(() => ExactProduct.Gram(factor), seconds));
            Print($"gram-{bits}-integers", Milliseconds(() => inputs.Gram(bits), seconds));
        }

        var tangent = FixedPointTanh.For(128);
        BigInteger[] tanh = new BigInteger[inputs.Points.Length], slope = new BigInteger[tanh.Length];
        (ulong units, _) = tangent.Evaluate(inputs.Points, tanh, slope);
        Print("tanh-128", Milliseconds(() => tangent.Evaluate(inputs.Points, tanh, slope), seconds), Math.Log2(units) - tangent.FractionBits);

        BallMatrix system = BallMatrix.Exact(inputs.System, ArbInputs.SystemExponent), right = BallMatrix.Exact(inputs.Right, ArbInputs.SystemExponent);
        CertifiedSolution solution = CertifiedSolution.Of(system, right, SolutionBits);
        if (solution.Solution is null) throw new InvalidOperationException("The system was not solved.");
        Print("solve-128", Milliseconds(() => CertifiedSolution.Of(system, right, SolutionBits), seconds), Looseness(solution.Solution));
        Print("smallest-eigenvalue", Milliseconds(() => SmallestEigenvalue.Bound(system), seconds));
    }

    private static void Print(string name, double milliseconds, double? looseness = null) =>
        Console.WriteLine(FormattableString.Invariant($"{name} {milliseconds:F4} {looseness:F1}").TrimEnd());

    // log2 of the greatest radius over the greatest entry.
    private static double Looseness(BallMatrix solution)
    {
        Magnitude radius = Magnitude.Zero, size = Magnitude.Zero;
        for (int i = 0; i < solution.Rows; i++)
        {
            radius = Magnitude.Max(radius, solution.Radii[i]);
            size = Magnitude.Max(size, Magnitude.Of(solution.MidpointAt(i, 0)));
        }

        return Math.Log2((radius / size).ToDouble());
    }

    // The median processor time of a run.
    private static double Milliseconds(Action action, double seconds)
    {
        for (double start = ProcessorSeconds; ProcessorSeconds - start < WarmUpSeconds;) action();
        var times = new List<double>();
        for (double start = ProcessorSeconds; times.Count < 3 || ProcessorSeconds - start < seconds;)
        {
            double before = ProcessorSeconds;
            action();
            times.Add(ProcessorSeconds - before);
        }

        times.Sort();
        return 1000 * times[times.Count / 2];
    }

    private static double ProcessorSeconds => Environment.CpuUsage.TotalTime.TotalSeconds;
}
