using GnMlNet.Core.Data;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Training;
using MathNet.Numerics.Statistics;

namespace GnMlNet.Core.Ensembles;

/// <summary>The kernel block of an ensemble after its fit: its members, and what they said of rows that they had not seen.</summary>
/// <param name="Members">The members.</param>
/// <param name="LeftOut">Their predictions for rows of the table, by members that knew it and its copies neither in the choice of their kernel nor in their weights.</param>
internal sealed record KernelBlock(KernelMember[] Members, LeftOutPredictions LeftOut)
{
    /// <summary>sigma^2, the median over the members.</summary>
    internal double NoiseVariance => Members.Select(member => member.NoiseVariance).Median();

    /// <summary>What every member predicts for rows, limited to a range.</summary>
    /// <param name="views">The rows in every map.</param>
    /// <param name="range">The range.</param>
    internal double[][] Predict(RegressionData[] views, LabelRange range) =>
        [.. Members.Select(member => views[member.Map].InputsOfAll().Select(inputs => range.Limit(member.Predict(inputs))).ToArray())];

    /// <summary>Fits the block.</summary>
    /// <param name="views">All rows in every map.</param>
    /// <param name="maps">The maps.</param>
    /// <param name="distinct">Which rows are copies of each other.</param>
    /// <param name="folds">Sets of distinct rows that networks leave out together.</param>
    /// <param name="range">The least and the greatest standardized label that is predicted.</param>
    /// <param name="options">The options of the ensemble.</param>
    /// <param name="seed">The seed of the samples.</param>
    /// <param name="control">How the caller watches and cancels it.</param>
    internal static KernelBlock Fit(
        RegressionData[] views, IReadOnlyList<FeatureMap> maps, DistinctRows distinct, int[][] folds, LabelRange range, EnsembleOptions options, int seed, TrainingControl control)
    {
        KernelForm form = KernelMemory.ChooseForm(distinct.Count, views[0].InputSize, options.Kernel!, options.Run);
        var room = new KernelValues(distinct.Count, KernelMemory.FreeBytes(form, distinct.Count, views[0].InputSize, options.Kernel!, options.Run));
        var training = new KernelBlockTraining(views, maps, distinct, options.Kernel!, form, room, new WorkSharing(options.Run.Threads), control);
        KernelFit[] fits = training.Train(views[0].Categories, folds, new MathNet.Numerics.Random.MersenneTwister(seed));
        KernelMember[] members = [.. fits.Select(fit => new KernelMember(fit.Map, fit.Form, fit.Expansion, fit.NoiseVariance, fit.LogEvidence, fit.Posterior, fit.Equations))];

        double[] means = new double[distinct.Count], spreads = new double[distinct.Count], variances = new double[distinct.Count];
        Array.Fill(means, double.NaN);
        double Mean(double[] values) => options.Kernel!.Smooth ? values.Mean() : WinsorizedMean.Of(values);
        KernelFit[] keepers = [.. fits.Where(fit => fit.Posterior is not null)];
        // A table of one distinct row or of members that see all of a few.
        bool isNoneWithout = fits.All(fit => !fit.IsChosenWithout.Contains(true));
        for (int j = 0; j < training.Judged.Length; j++)
        {
            int row = training.Judged[j];
            spreads[row] = fits.Select(fit => range.Limit(fit.LeftOut[j])).PopulationVariance();
            // A kernel that was chosen with a row knows it, even where the output weights do not.
            double[] values = [.. fits.Where(fit => fit.IsChosenWithout[row] || isNoneWithout).Select(fit => range.Limit(fit.LeftOut[j]))];
            if (values.Length > 0) means[row] = Mean(values);
            variances[row] = keepers.Average(fit => fit.LeftOutVariances[j]);
        }

        double[] OfRows(double[] values) => [.. distinct.Places.Select(place => values[place])];
        return new KernelBlock(members, new LeftOutPredictions(OfRows(means), OfRows(spreads), OfRows(variances)));
    }
}
