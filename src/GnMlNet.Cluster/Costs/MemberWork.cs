using GnMlNet.Core.Data;

namespace GnMlNet.Cluster.Costs;

/// <summary>What an iteration of a member costs a core, in seconds.</summary>
/// <param name="task">What is trained.</param>
/// <param name="rates">How fast cores are.</param>
internal sealed class MemberWork(TrainingTask task, ClusterRates rates)
{
    /// <summary>The factorizations.</summary>
    internal double Solving => task.SolvingProducts / rates.SolvingProductsPerSecond;

    /// <summary>A gradient pass over some of the parts, with their sum.</summary>
    internal double Gradient(int parts) => (RowsIn(parts) * task.RowsOfMember / task.Rows * GradientOfRow) + Adding(parts, task.Parameters + 1);

    /// <summary>A Gram pass over the rows that the busiest of silos has of the sample, when it has so many parts. In the order of a member's blocks there is one of every part before there is a second of any.</summary>
    internal double Gram(int parts)
    {
        double blocks = task.CurvatureRows / RowBlock.Capacity, own = blocks < task.Parts ? Math.Min(blocks, parts) : blocks * parts / task.Parts;
        return (own * RowBlock.Capacity * GramOfRow) + Adding(Math.Min(own, parts), task.TriangleNumbers);
    }

    /// <summary>All passes of an iteration over all parts, where nobody else takes a share.</summary>
    internal double Passes => (task.Trials * Gradient(task.Parts)) + Gram(task.Parts);

    /// <summary>All passes of an iteration over the rows that training begins with.</summary>
    internal double HeldPasses => (task.Trials * task.HeldRows * GradientOfRow) + (task.CurvatureRowsOf(task.HeldRows) * GramOfRow);

    /// <summary>A pass for predictions over some of the parts.</summary>
    internal double Judgement(int parts) => RowsIn(parts) * task.Partitions * task.PredictionProducts / rates.GradientProductsPerSecond;

    private double GradientOfRow => task.GradientProducts / rates.GradientProductsPerSecond;

    private double GramOfRow => GradientOfRow + (task.GramProducts / rates.GramProductsPerSecond);

    private double RowsIn(int parts) => Math.Min(task.Rows, (double)parts * task.RowsOfPart);

    private double Adding(double parts, double numbers) => parts * numbers / rates.NumbersPerSecond;
}
