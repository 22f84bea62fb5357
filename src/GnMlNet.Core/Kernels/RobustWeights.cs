using System.Globalization;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Training;
using MathNet.Numerics;
using MathNet.Numerics.Random;

namespace GnMlNet.Core.Kernels;

/// <summary>
/// Weights with which squared error becomes Huber's loss (<see cref="RegressionLoss.Huber"/>): near 1 for a row whose label is what the other rows make it, smaller for one whose label is not.
/// What the other rows say comes from a pilot, one kernel function; a row's own label has no part in it, since a fit that goes through an outlier leaves no residual there. With f the pilot's
/// prediction for row j had it, and its copies, been left out, v the variance of f, s^2 that of the noise and S a robust scale, 1.4826 times the median of all |z|,
/// <code>
/// z_j = (y_j - f)/sqrt(v + s^2),   w_j = w(z_j/S)
/// </code>
/// with w of <see cref="HuberWeight"/>. v keeps the weight of rows that merely lie apart from all others. The pilot is fitted again with the weights that it gave, at first with those that the labels' distances from their median give.
/// docs/robust-loss.md says why.
/// </summary>
public sealed class RobustWeights
{
    // Fits of the pilot, each with the weights of the one before, until hardly a weight changes.
    private const int MostRounds = 6;
    private const double Settled = 0.1;

    // Rows that choose its kernel, and its centres.
    private const int EvidenceRows = 500;
    private const int Centres = 800;

    // With fewer distinct rows no scale can be told.
    private const int LeastRows = 10;

    private readonly double[] _factors;

    private RobustWeights(double[] factors) => _factors = factors;

    /// <summary>The rows that are no outliers: those within three scales of the noise.</summary>
    internal IEnumerable<int> Trusted => Enumerable.Range(0, _factors.Length).Where(j => _factors[j] >= HuberWeight.OfOutlier);

    /// <summary>w_j in (0, 1], one for each row.</summary>
    public IReadOnlyList<double> Factors => _factors;

    /// <summary>How many rows lie beyond three scales of the noise.</summary>
    public int OutlierCount => _factors.Length - Trusted.Count();

    /// <summary>Measures the weights of a table's rows.</summary>
    /// <param name="data">The rows; at least one. Their own weights count as rows: a weight of 2 is two rows.</param>
    /// <param name="run">Seed, threads and memory; the result does not depend on the threads.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    /// <exception cref="MemoryRefusedException">The problem needs more memory than <see cref="RunOptions.MemoryLimit"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static RobustWeights Measure(RegressionData data, RunOptions run, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(run);
        CheckMemory(data, run);
        Standardization units = Standardization.Measure(data);
        FeatureMap map = FeatureMap.Plain(units);
        double[] labels = data.Labels(), counts = data.Weights(), factors = AtStart(labels, counts);
        if (DistinctRows.Of(data).Count < LeastRows) return new RobustWeights([.. factors.Select(_ => 1.0)]);
        var work = new WorkSharing(run.Threads);
        RateGroups groups = RateGroups.Of(map, data.Categories);
        RegressionData view = map.Map(data, new ColumnScale(0, 1), work);
        for (int round = 0; round < MostRounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] weights = [.. counts.Zip(factors, (count, factor) => count * factor)], before = factors;
            factors = Next(view.WithWeights(weights), groups, labels, counts, weights, new MersenneTwister(run.Seed), work, cancellation);
            if (factors.Zip(before).All(pair => Math.Abs(pair.First - pair.Second) <= Settled)) break;
        }

        return new RobustWeights(factors);
    }

    /// <summary>The same rows with their weights times w_j.</summary>
    /// <param name="data">The rows that were measured.</param>
    /// <exception cref="ArgumentException">There are more or fewer rows.</exception>
    public RegressionData ApplyTo(RegressionData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.RowCount != _factors.Length) throw new ArgumentException($"The weights are of {_factors.Length} rows, not {data.RowCount}.", nameof(data));
        return data.WithWeights([.. data.Weights().Zip(_factors, (count, factor) => count * factor)]);
    }

    private static void CheckMemory(RegressionData data, RunOptions run)
    {
        double rows = data.RowCount, sample = Math.Min(rows, EvidenceRows), parameters = (2.0 * data.InputSize) + 3;
        double bytes = (3 * RowMatrix.Bytes(data.InputSize, rows)) + SparseKernelFit.Bytes(Math.Min(rows, Centres)) + ExactKernelFit.Bytes(sample) + RowMatrix.Bytes(parameters, sample) + (2 * SymmetricMatrix.Bytes(parameters));
        if (bytes <= run.MemoryLimit && SymmetricMatrix.CanHold((long)parameters)) return;
        throw new MemoryRefusedException(new MemoryRefusal(
            string.Create(CultureInfo.InvariantCulture, $"Finding wrong labels for Huber's loss on {data.RowCount} rows with {data.InputSize} features"),
            bytes,
            run.MemoryLimit,
            [MemoryRemedy.SquaredError, MemoryRemedy.FewerFeatures, MemoryRemedy.FewerRows, MemoryRemedy.RaiseLimit]));
    }

    private static double[] AtStart(double[] labels, double[] counts)
    {
        double median = WeightedMedian.Of(labels, counts);
        return OfScaled([.. labels.Select(label => label - median)], counts);
    }

    private static double[] Next(RegressionData view, RateGroups groups, double[] labels, double[] counts, double[] weights, Random random, WorkSharing work, CancellationToken cancellation)
    {
        ColumnScale unit = ColumnScale.Measure(labels, weights);
        double[] standardized = [.. labels.Select(unit.Standardize)];
        DistinctRows rows = DistinctRows.Of(view);
        double[] means = rows.Means(standardized, weights);
        PointColumns<double> points = rows.Points(view);
        int[] order = Combinatorics.GeneratePermutation(rows.Count, random), sample = order[..Math.Min(EvidenceRows, order.Length)];
        var parameters = new KernelParameters(groups, hasLaplace: true);
        var evidence = new KernelEvidence(points.Select(sample), [.. sample.Select(i => means[i])], [.. sample.Select(i => rows.Weights[i])], parameters);
        (double[] theta, _) = EvidenceMaximization.Run(evidence, parameters.Start(), cancellation);
        int[] centres = order[..Math.Min(Centres, order.Length)];
        var pilot = new SparseKernelFit(
            parameters.Kernel(theta), KernelParameters.NoiseVariance(theta), points, means, rows.Weights, centres, [.. Enumerable.Range(0, rows.Count)], choosesMultiple: false, countsUnexplained: false, keepsRows: false, work);
        (double[] predictions, double[] variances) = pilot.LeaveOneOut([.. Enumerable.Range(0, rows.Count)]);
        return OfScaled([.. standardized.Select((label, j) => (label - predictions[rows.Places[j]]) / Math.Sqrt(variances[rows.Places[j]] + pilot.NoiseVariance))], counts);
    }

    /// <summary>The weights of residuals after division by their robust scale.</summary>
    private static double[] OfScaled(double[] residuals, double[] counts)
    {
        double scale = WeightedMedian.Deviation(residuals, counts);
        // Where most rows have no residual at all nothing tells what is far.
        return [.. residuals.Select(residual => scale > 0 ? HuberWeight.Of(residual / scale) : 1)];
    }
}
