using GnMlNet.Core.Data;

namespace GnMlNet.Cluster.Costs;

/// <summary>What single passes over all rows of a table cost silos of which each has one core for them, in seconds: the model beside what is measured.</summary>
/// <param name="task">The table and the network.</param>
/// <param name="rates">What machines and wires do.</param>
/// <param name="silos">How many silos there are.</param>
/// <param name="atOnce">How many passes are under way at a time; the time is that of one of them.</param>
internal sealed class PassCosts(TrainingTask task, ClusterRates rates, int silos, int atOnce)
{
    private readonly PartShares _shares = PartShares.Of(task.Parts, silos);

    /// <summary>A pass for loss and gradient.</summary>
    internal double Gradient => Seconds(MostRows * GradientOfRow, task.Parameters + 1);

    /// <summary>A pass for J^T W J.</summary>
    internal double Gram => Seconds(MostRows * GramOfRow, task.TriangleNumbers);

    /// <summary>A pass for J^T W J over a block of every part.</summary>
    internal double Sample => Seconds(Math.Min(MostRows, (double)_shares.Most * RowBlock.Capacity) * GramOfRow, task.TriangleNumbers);

    private double MostRows => Math.Min(task.Rows, (double)_shares.Most * task.RowsOfPart);

    private double GradientOfRow => task.GradientProducts / rates.GradientProductsPerSecond;

    private double GramOfRow => GradientOfRow + (task.GramProducts / rates.GramProductsPerSecond);

    private double Seconds(double core, double numbers)
    {
        var cost = SumCost.OverSilos(core + (_shares.Most * numbers / rates.NumbersPerSecond), _shares, task.Parameters, numbers, rates);
        return new Rounds(atOnce, atOnce).Take(cost, solving: 0, new ClusterSize { Silos = silos, Cores = 1, CoordinatorCores = Environment.ProcessorCount }).Seconds / atOnce;
    }
}
