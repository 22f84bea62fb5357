using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Training;
using MathNet.Numerics;

namespace GnMlNet.Core.Kernels;

/// <summary>
/// Fits the kernel block: for each member the evidence chooses a kernel on a sample of the distinct rows, then the output weights are found from all of them, in the form that
/// the number of rows allows. Half of the members see the features as one map gives them, half as the other does.
/// </summary>
internal sealed class KernelBlockTraining
{
    // The share of the distinct rows that a member's evidence sees where they are few, so that members differ.
    private const double EvidenceShare = 0.8;

    // With as many rates as this, those columns are dropped whose relevance is below a share of the greatest, and the evidence is maximized again.
    private const int LeastGroupsToSelect = 20;
    private const double LeastRelevance = 1.0 / 40;

    // Rows whose left-out predictions are computed where that takes a pass of its own, and centres of the posterior's variance.
    private const int MostJudged = 5000;
    private const int MostVarianceCentres = 512;

    // Predictions of many centres are made in single precision.
    private const int MostExactRows = 2000;
    private const int MostConjugateGradientRows = 25_000;

    private readonly FeatureMap[] _maps;
    private readonly KernelOptions _options;
    private readonly DistinctRows _rows;
    private readonly double[] _labels;
    private readonly WorkSharing _work;
    private readonly TrainingControl _control;
    private readonly PointColumns<double>[] _points;
    private readonly KernelForm _form;

    /// <param name="views">All rows in every map, with standardized labels.</param>
    /// <param name="maps">The maps.</param>
    /// <param name="rows">Which of the rows have the same features.</param>
    /// <param name="options">The options.</param>
    /// <param name="work">The threads.</param>
    /// <param name="control">How the caller watches and cancels it.</param>
    internal KernelBlockTraining(RegressionData[] views, IReadOnlyList<FeatureMap> maps, DistinctRows rows, KernelOptions options, WorkSharing work, TrainingControl control)
    {
        (_maps, _rows, _options, _work, _control) = ([.. maps], rows, options, work, control);
        _labels = rows.Means(views[0].Labels(), views[0].Weights());
        _points = [.. views.Select(rows.Points)];
        _form = options.Form ?? FormFor(rows.Count);
    }

    /// <summary>Which distinct rows are judged by what the members would say of them had they been left out.</summary>
    internal int[] Judged { get; private set; } = [];

    /// <summary>The form that a number of distinct rows allows.</summary>
    internal static KernelForm FormFor(int rows) => rows switch
    {
        <= MostExactRows => KernelForm.Exact,
        <= MostConjugateGradientRows => KernelForm.ConjugateGradients,
        _ => KernelForm.Sparse,
    };

    /// <summary>Fits all members.</summary>
    /// <param name="categories">Which features are indicators of a category.</param>
    /// <param name="folds">Sets of distinct rows that are left out together; each row is in as many of them as any other, or there are none.</param>
    /// <param name="random">The source of the samples.</param>
    internal KernelFit[] Train(IReadOnlyList<CategoryRange> categories, int[][] folds, Random random)
    {
        int n = _rows.Count;
        MemberDraw[] draws = [.. Enumerable.Range(0, _options.Members).Select(_ => new MemberDraw(Combinatorics.GeneratePermutation(n, random), Combinatorics.GeneratePermutation(n, random)))];
        Judged = [.. Combinatorics.GeneratePermutation(n, random).Take(_form == KernelForm.Exact ? n : MostJudged).Order()];
        RateGroups[] groups = [.. _maps.Select(map => RateGroups.Of(map, categories))];
        _control.Stages?.Report(TrainingStage.Evidence);
        var evidence = new (KernelParameters Parameters, double[] Theta, double Value)[draws.Length];
        _work.For(draws.Length, k => evidence[k] = MaximizeEvidence(groups[MapOf(k)], MapOf(k), draws[k].Evidence));
        _control.Stages?.Report(TrainingStage.Solution);
        return [.. Enumerable.Range(0, draws.Length).Select(k => Fit(k, evidence[k].Parameters, evidence[k].Theta, -evidence[k].Value, draws[k].Centres, folds))];
    }

    private int MapOf(int member) => member * _maps.Length / _options.Members;

    private (KernelParameters Parameters, double[] Theta, double Value) MaximizeEvidence(RateGroups groups, int map, int[] order)
    {
        int[] sample = order[..Math.Max(1, Math.Min(_options.EvidenceRows, (int)(EvidenceShare * order.Length)))];
        PointColumns<double> points = _points[map].Select(sample);
        double[] labels = [.. sample.Select(i => _labels[i])], weights = [.. sample.Select(i => _rows.Weights[i])];
        (KernelParameters, double[], double) Maximize(RateGroups of)
        {
            var parameters = new KernelParameters(of, hasLaplace: !_options.Smooth);
            (double[] theta, double value) = EvidenceMaximization.Run(new KernelEvidence(points, labels, weights, parameters), parameters.Start(), _control.CancellationToken);
            return (parameters, theta, value);
        }

        (KernelParameters first, double[] theta, double value) = Maximize(groups);
        double[] relevance = first.Relevance(theta);
        if (groups.Count < LeastGroupsToSelect || relevance.Min() >= LeastRelevance * relevance.Max()) return (first, theta, value);
        return Maximize(groups.Keep([.. relevance.Select(at => at >= LeastRelevance * relevance.Max())]));
    }

    private KernelFit Fit(int member, KernelParameters parameters, double[] theta, double logEvidence, int[] order, int[][] folds)
    {
        _control.CancellationToken.ThrowIfCancellationRequested();
        int map = MapOf(member);
        PointColumns<double> points = _points[map];
        RadialKernel kernel = parameters.Kernel(theta);
        double noise = KernelParameters.NoiseVariance(theta);
        KernelExpansion expansion;
        double[] leftOut, leftOutWithFold;
        if (_form == KernelForm.Exact)
        {
            var exact = new ExactKernelFit(kernel, noise, points, _labels, _rows.Weights, _work);
            (expansion, leftOut) = (new KernelExpansion(kernel, points, exact.Coefficients, inSinglePrecision: false), exact.LeaveOneOut());
            leftOutWithFold = folds.Length == 0 ? leftOut : exact.LeaveOut(folds, _work);
        }
        else
        {
            int centres = Math.Min(_options.Centres, order.Length);
            int[]? others = centres < order.Length ? [.. order[centres..], .. order[..centres]] : null;
            var sparse = new SparseKernelFit(kernel, noise, points, _labels, _rows.Weights, order[..centres], others, keepsRows: _form == KernelForm.ConjugateGradients, _work);
            leftOut = leftOutWithFold = sparse.LeaveOneOut(Judged).Predictions;
            expansion = _form == KernelForm.Sparse
                ? new KernelExpansion(kernel, sparse.Centres, sparse.Coefficients, inSinglePrecision: false)
                : new KernelExpansion(kernel, points, new ConjugateGradientKernelFit(kernel, noise, points, _labels, _rows.Weights, sparse, _work, _control.CancellationToken).Coefficients, inSinglePrecision: true);
        }

        // The first member of each map speaks for the others.
        if (member > 0 && MapOf(member - 1) == map) return new KernelFit(map, _form, expansion, noise, logEvidence, null, leftOut, leftOutWithFold, []);
        var posterior = new SparseKernelFit(kernel, noise, points, _labels, _rows.Weights, order[..Math.Min(MostVarianceCentres, order.Length)], null, keepsRows: false, _work);
        return new KernelFit(map, _form, expansion, noise, logEvidence, posterior.Posterior(), leftOut, leftOutWithFold, posterior.LeaveOneOut(Judged).Variances);
    }

    /// <summary>The random orders that a member takes its samples from.</summary>
    private readonly record struct MemberDraw(int[] Evidence, int[] Centres);
}
