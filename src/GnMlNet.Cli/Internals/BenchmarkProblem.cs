using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;

namespace GnMlNet.Cli.Internals;

/// <summary>A made-up table and a network at its random start, on one thread: what the benchmarks of a step share.</summary>
internal sealed class BenchmarkProblem
{
    /// <summary>mu of the benchmarks' steps.</summary>
    internal const double Damping = 1e-3;

    private const double Penalty = 1e-4;

    internal BenchmarkProblem(ProblemSize size)
    {
        var random = new Random(1);
        var shape = new NetworkShape(size.TrainsAll ? size.Inputs - 1 : size.Inputs, size.Hidden, HasBiases: size.TrainsAll);
        var data = new RegressionData(shape.InputSize);
        var x = new double[shape.InputSize];
        for (int j = 0; j < size.Rows; j++)
        {
            for (int k = 0; k < x.Length; k++) x[k] = (4 * random.NextDouble()) - 2;
            data.Add(x, Math.Sin(x[0]) + (x[1] * x[^1]), weight: 1);
        }

        Objective = new PenalizedLeastSquares(BlockedRows.Of(data, Standardization.Measure(data)), shape, Activation.Tanh, Penalty, threads: 1, size.TrainsAll);
        Start = Initialization.Draw(shape, random);
    }

    internal PenalizedLeastSquares Objective { get; }

    internal double[] Start { get; }

    internal int Rows => Objective.OutputCount;

    internal int Parameters => Objective.Trained.Count;

    /// <summary>The multiplications and additions of J^T J in the structured form.</summary>
    internal double GramOperations => 2 * Rows * StructuredGram.ProductsPerRow(Objective.Shape.HiddenSize, Objective.Shape.UnitLength, Objective.Trained.OtherCount);

    /// <summary>
    /// A whole step of the trainer with the exact matrix, from one of two points to the other: Gram matrix, factorization, trial point, and loss and
    /// gradient there, which the next step begins with.
    /// </summary>
    internal Action StructuredStep()
    {
        var step = new LevenbergMarquardtStep(Objective, StepForm.Primal, DampingMetric.TemperedDiagonal);
        return Alternate((point, gradient, direction) =>
        {
            step.Linearize(point, gradient, CurvatureSample.Exact(Objective.BlockCount));
            if (!step.TryCompute(Damping)) throw new InvalidOperationException("The benchmark's matrix is not positive definite.");
            step.Direction.CopyTo(direction, 0);
        });
    }

    /// <summary>
    /// Calls <paramref name="computeStep"/> at two points in turn, with the gradient there and room for the step, and evaluates the next point.
    /// It is always one of the two, wherever the step leads, so that every round does the same work.
    /// </summary>
    internal Action Alternate(Action<double[], double[], double[]> computeStep)
    {
        double[] here = Start, there = [.. Start.Select(value => 1.01 * value)], trial = new double[Start.Length], direction = new double[Parameters], gradient = new double[Parameters];
        Objective.LossAndGradient(here, gradient);
        return () =>
        {
            computeStep(here, gradient, direction);
            here.CopyTo(trial, 0);
            Vectors.AddScaled(direction, 1, trial);
            Objective.LossAndGradient(there, gradient);
            (here, there) = (there, here);
        };
    }

    /// <summary>J^T J alone, from factors that are at hand.</summary>
    internal Action Gram()
    {
        JacobianFactors<double>[] factors = AllFactors();
        var gram = new StructuredGram(Objective.Shape.HiddenSize, Objective.Shape.UnitLength, Objective.Trained.OtherCount, Objective.Work);
        var matrix = new SymmetricMatrix(Parameters);
        return () =>
        {
            gram.Clear();
            gram.Add(factors);
            gram.CopyTo(matrix);
        };
    }

    /// <summary>J J^T alone, from factors that are at hand.</summary>
    internal Action Kernel()
    {
        JacobianFactors<double>[] factors = AllFactors();
        var kernel = new DualKernel(Rows, Objective.Shape.HiddenSize, Objective.Shape.UnitLength, Objective.Trained.OtherCount, Objective.Work);
        for (int b = 0; b < factors.Length; b++) kernel.SetRows(b * RowBlock.Capacity, Math.Min(RowBlock.Capacity, Rows - (b * RowBlock.Capacity)), factors[b]);
        var matrix = new SymmetricMatrix(Rows);
        return () => kernel.Compute(matrix, null);
    }

    /// <summary>The factors of all rows, for benchmarks of a matrix alone.</summary>
    internal JacobianFactors<double>[] AllFactors()
    {
        var copies = new List<JacobianFactors<double>>();
        Objective.ForEachGroup(Start, blocks =>
        {
            foreach (JacobianFactors<double> factors in blocks.Span)
            {
                JacobianFactors<double> copy = Objective.Trained.NewFactors<double>();
                factors.Slopes.Slice(0, factors.Slopes.Length).CopyTo(copy.Slopes.Slice(0, copy.Slopes.Length));
                factors.Inputs.Slice(0, factors.Inputs.Length).CopyTo(copy.Inputs.Slice(0, copy.Inputs.Length));
                factors.Others.Slice(0, factors.Others.Length).CopyTo(copy.Others.Slice(0, copy.Others.Length));
                copies.Add(copy);
            }
        });
        return [.. copies];
    }
}
