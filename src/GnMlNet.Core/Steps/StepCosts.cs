using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Steps;

/// <summary>
/// About how long the parts of a step take on one core, in milliseconds of a machine of 2025: operations over the rates that their kernels reach. Decisions need no more than ratios, and
/// from figures that are the same everywhere they are the same everywhere.
/// </summary>
/// <param name="trained">The parameters.</param>
/// <param name="rows">n.</param>
internal sealed class StepCosts(TrainedParameters trained, double rows)
{
    // Million multiplications with an addition in a millisecond.
    internal const double DoubleRate = 22;
    private const double SingleRate = 45, ProductRate = 25, SolveRate = 10;

    // Milliseconds for an entry of a block times its rows, for its eigenvalues and eigenvectors.
    private const double EigenvaluesTime = 1.6e-5;

    // Nanoseconds of an activation and its slope.
    private const double ActivationTime = 2;

    /// <summary>As many multiplications with an addition take as long as an activation and its slope.</summary>
    internal const double ActivationProducts = ActivationTime * DoubleRate;

    // Rows a parameter that tell J^T W J well enough for a preconditioner.
    private const double SampleRowsPerParameter = 8;

    // Where half the sample and its factor cost more than so many iterations, the blocks of the units are better.
    private const int MostIterationsForGram = 50;

    private const int UsualIterations = 20;

    private double Units => trained.Shape.HiddenSize;

    private double Inputs => trained.Shape.UnitLength;

    private double RowProducts => StructuredGram.ProductsPerRow(Units, Inputs, trained.OtherCount);

    /// <summary>A Cholesky factorization.</summary>
    internal double Factor => 2e-6 / DoubleRate * Cholesky.Products(trained.LongCount);

    /// <summary>The rows of a preconditioner's sample.</summary>
    internal double SampleRows => Math.Min(rows, SampleRowsPerParameter * trained.LongCount);

    /// <summary>J^T W J of a sample, in single precision.</summary>
    internal double SampledGram => 1e-6 / SingleRate * SampleRows * RowProducts;

    /// <summary>One product with J^T W J in single precision and one solve with a factor.</summary>
    internal double Iteration => (1e-6 / ProductRate * rows * Units * ((2 * Inputs) + 3.5)) + (1e-6 / SolveRate * trained.LongCount * trained.LongCount);

    /// <summary>The blocks of the second derivatives.</summary>
    internal double Curvature => (1e-6 / SingleRate * rows * Units * Inputs * (Inputs + 3) / 2) + (EigenvaluesTime * Units * Math.Pow(Inputs + 1, 3));

    /// <summary>Loss and gradient of all rows, in double.</summary>
    internal double Evaluation => 1e-6 * rows * Units * (ActivationTime + (((2 * Inputs) + 4) / DoubleRate));

    /// <summary>A step with a factor of J^T W J of all rows, in double.</summary>
    internal double DirectStep => (1e-6 / DoubleRate * rows * RowProducts) + Factor;

    /// <summary>Whether the preconditioner is a sample of J^T W J; the blocks of the units otherwise.</summary>
    internal bool PrefersSample => (SampledGram / 2) + Factor <= MostIterationsForGram * Iteration;

    /// <summary>An inexact step, at every second of which the blocks of the second derivatives take part.</summary>
    internal double InexactStep => (UsualIterations * Iteration) + (Curvature / 2) + (PrefersSample ? Factor : 0);

    /// <summary>Whether inexact steps are cheaper than direct ones.</summary>
    internal bool PrefersInexact => InexactStep < DirectStep;
}
