using GnMlNet.Cli.Internals;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Cli.Benchmarking;

/// <summary>The measurements of <c>gnml bench</c>, on one thread, each a comparison within one interleaved run.</summary>
internal sealed class BenchJob(OpenBlas? library, double secondsEach, Action<string> stage)
{
    /// <summary>One comparison.</summary>
    /// <param name="Work">What is done.</param>
    /// <param name="Milliseconds">Of the product, the median.</param>
    /// <param name="Rate">Thousand million operations per second, where they are counted.</param>
    /// <param name="Peak">What one core can do at most, measured in the same run, where the rate is.</param>
    /// <param name="OpenBlas">Milliseconds of the same with the Jacobian written out and OpenBLAS.</param>
    /// <param name="Plain">Milliseconds of a plain managed way: MathNet.Numerics for steps, loops over <see cref="Math.Tanh"/> for predictions.</param>
    internal sealed record Comparison(string Work, double Milliseconds, double? Rate = null, double? Peak = null, double? OpenBlas = null, double? Plain = null);

    /// <summary>How much longer a step takes when a size doubles.</summary>
    internal sealed record Growth(string Doubled, double Factor);

    internal IEnumerable<Comparison> Compare()
    {
        ProblemSize small = new("256 rows, 8 inputs, 18 units, hidden weights (p = 144)", 256, 8, 18, TrainsAll: false);
        ProblemSize hidden = new("20,640 rows, 9 inputs, 50 units, hidden weights (p = 450)", 20_640, 9, 50, TrainsAll: false);
        ProblemSize all = new("20,640 rows, 8 inputs and bias, 50 units, all weights (p = 501)", 20_640, 9, 50, TrainsAll: true);
        ProblemSize million = new("1,000,000 rows, 9 inputs, 20 units, hidden weights (p = 180)", 1_000_000, 9, 20, TrainsAll: false);
        foreach (ProblemSize size in new[] { small, hidden, all }) yield return Gram(size);
        foreach (ProblemSize size in new[] { small, hidden, all }) yield return Step(size, withMathNet: true);
        yield return Step(million, withMathNet: false);
        yield return Dual();
        yield return Prediction();
    }

    internal IEnumerable<Growth> Grow()
    {
        stage("Growth");
        Action Make(int rows, int inputs, int hidden) => new BenchmarkProblem(new("", rows, inputs, hidden, TrainsAll: true)).StructuredStep();
        double[] times = Medians.Of(3 * secondsEach, Make(8192, 9, 32), Make(16_384, 9, 32), Make(8192, 18, 32), Make(8192, 9, 64));
        yield return new Growth("rows, from 8,192", times[1] / times[0]);
        yield return new Growth("inputs, from 9 with the bias", times[2] / times[0]);
        yield return new Growth("hidden units, from 32", times[3] / times[0]);
    }

    private Comparison Gram(ProblemSize size)
    {
        stage($"Gram matrix: {size.Name}");
        var problem = new BenchmarkProblem(size);
        JacobianFactors<double>[] factors = problem.AllFactors();
        var gram = new StructuredGram(problem.Objective.Shape.HiddenSize, problem.Objective.Shape.UnitLength, problem.Objective.Trained.OtherCount, problem.Objective.Work);
        var matrix = new SymmetricMatrix(problem.Parameters);
        var rival = new ExplicitStep(problem);
        var peaks = new List<double>();
        double[] times = Medians.Of(
            secondsEach,
            () =>
            {
                gram.Clear();
                gram.Add(factors);
                gram.CopyTo(matrix);
            },
            () =>
            {
                if (library is not null) rival.Gram(library, factors);
            },
            () => peaks.Add(PeakRate.Measure()));
        return new Comparison($"Gram matrix, {size.Name}", times[0], problem.GramOperations / times[0] / 1e6, MathNet.Numerics.Statistics.Statistics.Median(peaks), library is null ? null : times[1]);
    }

    private Comparison Step(ProblemSize size, bool withMathNet)
    {
        stage($"Step: {size.Name}");
        // Each on a copy of its own: an objective remembers the point that it was evaluated at last.
        var rival = new ExplicitStep(new BenchmarkProblem(size));
        double[] times = Medians.Of(secondsEach, new BenchmarkProblem(size).StructuredStep(), library is null ? () => { } : rival.WithOpenBlas(library));
        double? plain = null;
        if (withMathNet)
        {
            stage($"Step with MathNet.Numerics: {size.Name}");
            MathNet.Numerics.Control.UseSingleThread();
            // Once is enough for what takes seconds; twice, since the first time includes compiling.
            Action step = rival.WithMathNet();
            for (int i = 0; i < 2; i++)
            {
                long start = System.Diagnostics.Stopwatch.GetTimestamp();
                step();
                plain = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        return new Comparison($"Whole step, {size.Name}", times[0], OpenBlas: library is null ? null : times[1], Plain: plain);
    }

    private Comparison Dual()
    {
        stage("Dual kernel");
        const int rows = 2000, units = 2000, inputs = 10;
        var problem = new BenchmarkProblem(new("", rows, inputs, units, TrainsAll: false));
        JacobianFactors<double>[] factors = problem.AllFactors();
        var kernel = new DualKernel(rows, units, inputs, 0, problem.Objective.Work);
        for (int b = 0; b < factors.Length; b++) kernel.SetRows(b * RowBlock.Capacity, problem.Objective.Block(RowSample.All(factors.Length), b).RowCount, factors[b]);
        var matrix = new SymmetricMatrix(rows);
        var jacobian = new double[library is null ? 0 : rows * units * inputs];
        var product = new double[library is null ? 0 : rows * rows];
        double[] times = Medians.Of(secondsEach, () => kernel.Compute(matrix, null), () =>
        {
            if (library is null) return;
            ExplicitStep.Form(factors, rows, jacobian);
            library.Kernel(jacobian, rows, units * inputs, product);
        });
        return new Comparison("Dual kernel, 2,000 rows, 10 inputs, 2,000 units, hidden weights (p = 20,000)", times[0], OpenBlas: library is null ? null : times[1]);
    }

    private Comparison Prediction()
    {
        stage("Prediction");
        const int rows = 10_000, inputs = 8, hidden = 50;
        var random = new Random(1);
        var network = new Network(new NetworkShape(inputs, hidden), Activation.Tanh, Initialization.Draw(new NetworkShape(inputs, hidden), random));
        var features = new float[rows * inputs];
        for (int i = 0; i < features.Length; i++) features[i] = (4 * random.NextSingle()) - 2;
        double sink = 0;
        double[] times = Medians.Of(
            secondsEach,
            () =>
            {
                for (int j = 0; j < rows; j++) sink += network.Predict(features.AsSpan(j * inputs, inputs));
            },
            () =>
            {
                for (int j = 0; j < rows; j++) sink += PlainPrediction(network, features.AsSpan(j * inputs, inputs));
            });
        return new Comparison("Prediction, 10,000 rows, 8 inputs, 50 units", double.IsNaN(sink) ? sink : times[0], Plain: times[1]);
    }

    private static double PlainPrediction(Network network, ReadOnlySpan<float> features)
    {
        ReadOnlySpan<double> weights = network.HiddenWeights, biases = network.HiddenBiases, output = network.OutputWeights;
        double sum = network.OutputBias;
        for (int i = 0; i < output.Length; i++)
        {
            double z = biases[i];
            for (int k = 0; k < features.Length; k++) z += weights[(i * features.Length) + k] * features[k];
            sum += output[i] * Math.Tanh(z);
        }

        return sum;
    }
}
