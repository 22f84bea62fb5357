using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Costs;

/// <summary>
/// The training of an ensemble on a large table, as far as its cost hangs on it. Members begin with few rows in the memory of the coordinator and are given more as long as that pays; how many iterations there are of either kind
/// hangs on the table, and is an estimate: all rows are passed over at least in the last steps, a tenth of all iterations.
/// </summary>
public sealed record TrainingTask
{
    /// <summary>n, the number of rows; at least 1.</summary>
    public required long Rows { get; init; }

    /// <summary>d, the number of inputs; at least 1.</summary>
    public required int Inputs { get; init; }

    /// <summary>m, the hidden units of every network; at least 1.</summary>
    public required int HiddenUnits { get; init; }

    /// <summary>K, the number of networks; at least 2.</summary>
    public int Members { get; init; } = EnsembleOptions.Defaults.Members;

    /// <summary>The iterations in which every member passes over all rows that it trains on; at least 0.</summary>
    public int Iterations { get; init; } = EnsembleOptions.Defaults.MaximumIterations / 10;

    /// <summary>The iterations before these, on <see cref="HeldRows"/> rows in the memory of the coordinator; at least 0.</summary>
    public int HeldIterations { get; init; } = EnsembleOptions.Defaults.MaximumIterations / 3;

    /// <summary>Steps that a member tries in an iteration, those that are rejected among them, at least 1: each is a factorization and a pass for loss and gradient, which is the next iteration's, too, where the step is accepted.</summary>
    public double Trials { get; init; } = 1.2;

    /// <summary>p, the parameters of a network.</summary>
    public long Parameters => Shape.ParameterCount;

    /// <summary>How many parts the table has, each of up to so many rows as lie in memory while the table is laid out.</summary>
    public int Parts => checked((int)Math.Max(1, (Rows + RowsOfPart - 1) / RowsOfPart));

    /// <summary>The rows that a member trains on: those of the folds that it does not leave out.</summary>
    public double RowsOfMember
    {
        get
        {
            int folds = Members / Partitions;
            return Rows * (1 - (1.0 / folds));
        }
    }

    /// <summary>The rows of a member that training begins with.</summary>
    public double HeldRows => RowGrowth.FirstRows((long)RowsOfMember, Parameters);

    /// <summary>The rows of a member that its Gauss-Newton matrix is made of, in every iteration others.</summary>
    public double CurvatureRows => CurvatureRowsOf(RowsOfMember);

    /// <summary>The multiplications with an addition that loss and gradient of a row cost: products with the weights there and back, and an activation as many as its time is worth.</summary>
    public double GradientProducts => HiddenUnits * (StepCosts.ActivationProducts + (2.0 * Shape.UnitLength) + 4);

    /// <summary>The multiplications with an addition that a row of J^T W J costs beside those of its gradient.</summary>
    public double GramProducts => StructuredGram.ProductsPerRow(HiddenUnits, Shape.UnitLength, Trained.OtherCount);

    /// <summary>The multiplications with an addition that a prediction costs: the first half of a gradient.</summary>
    internal double PredictionProducts => HiddenUnits * (StepCosts.ActivationProducts + Shape.UnitLength + 1.0);

    /// <summary>The multiplications with an addition of a member's equations in an iteration: a factor for every trial, and for the evidence another with its inverse, which costs as much.</summary>
    internal double SolvingProducts => (Trials + 2) * Cholesky.Products(Parameters);

    /// <summary>The numbers of the packed triangle of J^T W J.</summary>
    internal double TriangleNumbers => PackedTriangle<double>.Length(Parameters);

    /// <summary>By how many members a row is left out.</summary>
    internal int Partitions => FoldRule.PartitionsOf(Members, CrossFitting.LeastFolds);

    /// <summary>How often the ensemble is judged by left-out rows: a pass over all of them for predictions.</summary>
    internal int Judgements => Enumerable.Range(0, HeldIterations + Iterations + 1).Count(IterationLadder.IsRung);

    /// <summary>The rows of a part.</summary>
    internal long RowsOfPart => (long)TableRecipe.BlocksOf(Inputs) * RowBlock.Capacity;

    /// <summary>How many of some rows the Gauss-Newton matrix is made of.</summary>
    internal double CurvatureRowsOf(double rows)
    {
        double most = (double)SamplingPolicy.MostBlocks(Parameters) * RowBlock.Capacity;
        return 2 * most > rows ? rows : most;
    }

    private NetworkShape Shape => new(Inputs, HiddenUnits);

    private TrainedParameters Trained => new(Shape);

    /// <summary>Throws where a figure is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is; the exception names it.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(HiddenUnits, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Members, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(Iterations);
        ArgumentOutOfRangeException.ThrowIfNegative(HeldIterations);
        if (!(Trials >= 1 && double.IsFinite(Trials))) throw new ArgumentOutOfRangeException(nameof(Trials), Trials, "The trials of an iteration must be 1 or more.");
    }
}
