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
    // The distinct rows fall into at least so many parts, and the evidence of each member leaves out one of its own: so members differ, and each row is judged by one whose kernel does not know it.
    private const int LeastParts = 8;

    // Groups are often few, and intervals need to hear of all of them: so few parts that the usual number of members leaves each one out.
    private const int LeastPartsOfGroups = 4;

    // With as many rates as this, those columns are dropped whose relevance is below a share of the greatest, and the evidence is maximized again.
    private const int LeastGroupsToSelect = 20;
    private const double LeastRelevance = 1.0 / 40;

    // Rows whose left-out predictions are computed where that takes a pass of its own, and centres of the posterior's variance.
    private const int MostJudged = 3000;
    internal const int MostVarianceCentres = 512;

    // From so many rows on a sample for the evidence underestimates the noise, and enough are held out to correct it.
    private const int LeastRowsForNoise = 20_000;

    // Conjugate gradients may lose this share of the noise, and what the centres could not express, to single precision; beyond that the sparse form is the better one.
    private const double MostSquaredLoss = 0.01;

    private readonly FeatureMap[] _maps;
    private readonly KernelOptions _options;
    private readonly DistinctRows _rows;
    private readonly double[] _labels;
    private readonly WorkSharing _work;
    private readonly TrainingControl _control;
    private readonly PointColumns<double>[] _points;
    private readonly KernelForm _form;
    private readonly KernelValues _values;

    /// <param name="views">All rows in every map, with standardized labels.</param>
    /// <param name="maps">The maps.</param>
    /// <param name="rows">Which of the rows have the same features.</param>
    /// <param name="options">The options.</param>
    /// <param name="form">The form of the solutions.</param>
    /// <param name="values">Room for values of the kernel, which conjugate gradients make use of.</param>
    /// <param name="work">The threads.</param>
    /// <param name="control">How the caller watches and cancels it.</param>
    internal KernelBlockTraining(
        RegressionData[] views, IReadOnlyList<FeatureMap> maps, DistinctRows rows, KernelOptions options, KernelForm form, KernelValues values, WorkSharing work, TrainingControl control)
    {
        _values = values;
        (_maps, _rows, _options, _work, _control) = ([.. maps], rows, options, work, control);
        _labels = rows.Means(views[0].Labels(), views[0].Weights());
        _points = [.. views.Select(rows.Points)];
        _form = form;
    }

    /// <summary>Which distinct rows are judged by what the members would say of them had they been left out.</summary>
    internal int[] Judged { get; private set; } = [];

    /// <summary>Fits all members.</summary>
    /// <param name="categories">Which features are indicators of a category.</param>
    /// <param name="folds">Sets of distinct rows that are left out together, one partition of the rows after the other, or none.</param>
    /// <param name="random">The source of the samples.</param>
    internal KernelFit[] Train(IReadOnlyList<CategoryRange> categories, int[][] folds, Random random)
    {
        int n = _rows.Count;
        int partCount = Math.Max(_rows.HasGroups ? LeastPartsOfGroups : LeastParts, _options.Members);
        if (_rows.HasGroups) partCount = Math.Min(partCount, _rows.GroupCount);
        int[] partOfGroup = Combinatorics.GeneratePermutation(_rows.GroupCount, random);
        int[] parts = [.. _rows.GroupNumbers.Select(group => partOfGroup[group] % partCount)];
        MemberDraw[] draws = [.. Enumerable.Range(0, _options.Members).Select(k => Draw(k % partCount, parts, random))];
        Judged = [.. Combinatorics.GeneratePermutation(n, random).Take(_form == KernelForm.Exact ? n : MostJudged).Order()];
        RateGroups[] groups = [.. _maps.Select(map => RateGroups.Of(map, categories))];
        _control.Stages?.Report(TrainingStage.Evidence);
        var evidence = new (KernelParameters Parameters, double[] Theta, double Value)[draws.Length];
        _work.For(draws.Length, k => evidence[k] = MaximizeEvidence(groups[MapOf(k)], MapOf(k), draws[k].Evidence));
        _control.Stages?.Report(TrainingStage.Solution);
        return [.. Enumerable.Range(0, draws.Length).Select(k => Fit(k, evidence[k].Parameters, evidence[k].Theta, -evidence[k].Value, draws[k], folds))];
    }

    private int MapOf(int member) => member * _maps.Length / _options.Members;

    private MemberDraw Draw(int part, int[] parts, Random random)
    {
        int[] order = Combinatorics.GeneratePermutation(_rows.Count, random);
        int[] others = [.. order.Where(row => parts[row] != part)];
        // A table of a single row has nothing to leave out.
        return new MemberDraw((others.Length == 0 ? order : others)[..Math.Min(_options.EvidenceRows, Math.Max(1, others.Length))], Combinatorics.GeneratePermutation(_rows.Count, random));
    }

    private (KernelParameters Parameters, double[] Theta, double Value) MaximizeEvidence(RateGroups groups, int map, int[] sample)
    {
        PointColumns<double> points = _points[map].Select(sample);
        double[] labels = [.. sample.Select(i => _labels[i])], weights = [.. sample.Select(i => _rows.Weights[i])];
        (KernelParameters, double[], double) Maximize(RateGroups of)
        {
            var parameters = new KernelParameters(of, hasLaplace: !_options.Smooth);
            (double[] theta, double value) = EvidenceMaximization.Run(new KernelEvidence(points, labels, weights, parameters), parameters.Start(), _control.CancellationToken);
            return (parameters, theta, value);
        }

        (KernelParameters first, double[] theta, double value) = Maximize(groups);
        if (groups.Count < LeastGroupsToSelect) return (first, theta, value);
        double[] relevance = first.Relevance(theta);
        // A part of great variance makes the relevance of others small beside it, but not in units of the label.
        double least = LeastRelevance * Math.Min(1, relevance.Max());
        if (relevance.Min() >= least) return (first, theta, value);
        (KernelParameters, double[], double Value) selected = Maximize(groups.Keep([.. relevance.Select(at => at >= least)]));
        return selected.Value < value ? selected : (first, theta, value);
    }

    private KernelFit Fit(int member, KernelParameters parameters, double[] theta, double logEvidence, MemberDraw draw, int[][] folds)
    {
        int[] order = draw.Centres;
        var isSeen = new bool[_rows.GroupCount];
        foreach (int row in draw.Evidence) isSeen[_rows.GroupNumbers[row]] = true;
        bool[] isChosenWithout = [.. _rows.GroupNumbers.Select(group => !isSeen[group])];
        _control.CancellationToken.ThrowIfCancellationRequested();
        int map = MapOf(member);
        PointColumns<double> points = _points[map];
        RadialKernel kernel = parameters.Kernel(theta);
        double noise = KernelParameters.NoiseVariance(theta);
        KernelExpansion? expansion = null;
        KernelEquations? equations = null;
        KernelForm form = _form;
        double[] leftOut;
        if (_form == KernelForm.Exact)
        {
            var exact = new ExactKernelFit(kernel, noise, points, _labels, _rows.Weights, _work);
            equations = new KernelEquations(_labels, _rows.Weights, exact.Jitter);
            (expansion, leftOut) = (new KernelExpansion(kernel, points, exact.Coefficients, inSinglePrecision: false), folds.Length == 0 ? exact.LeaveOneOut() : exact.LeaveOut(folds, _work));
        }
        else
        {
            SparseKernelFit SparseFit(int most, bool isPreconditioner)
            {
                int[] rows = isPreconditioner ? order : SolutionRows(order);
                int centres = Math.Min(Math.Max(1, most), rows.Length);
                bool choosesMultiple = !isPreconditioner && rows.Length >= Math.Max(LeastRowsForNoise, centres + 1);
                int[] used = choosesMultiple ? [.. rows[centres..], .. rows[..centres]] : [.. rows.Order()];
                int[]? groups = _rows.HasGroups ? _rows.GroupNumbers : null;
                return new SparseKernelFit(
                    kernel, noise, points, _labels, _rows.Weights, rows[..centres], used, choosesMultiple, countsUnexplained: isPreconditioner, keepsRows: isPreconditioner, _work, groups);
            }

            // A preconditioner need not be as good as what predicts. It speaks for left-out rows in either case: what they say must not hang on their labels.
            bool preconditions = _form == KernelForm.ConjugateGradients;
            SparseKernelFit sparse = SparseFit(preconditions ? 3 * _options.Centres / 4 : _options.Centres, preconditions);
            leftOut = LeaveOut(sparse, folds).Predictions;
            if (preconditions)
            {
                var exactly = new ConjugateGradientKernelFit(kernel, noise, points, _labels, _rows.Weights, sparse, _values, _work, _control.CancellationToken);
                // Coefficients of many signs and sizes cancel: in single precision their sum would err by a thousandth of the label's deviation.
                expansion = new KernelExpansion(kernel, points, exactly.Coefficients, inSinglePrecision: false);
                if (exactly.Holds(expansion, _labels, (MostSquaredLoss * noise) + sparse.Unexplained)) equations = new KernelEquations(_labels, _rows.Weights, jitter: 0);
                else (form, sparse) = (KernelForm.Sparse, SparseFit(_options.Centres, isPreconditioner: false));
            }

            if (form == KernelForm.Sparse) expansion = new KernelExpansion(kernel, sparse.Centres, sparse.Coefficients, inSinglePrecision: false);
        }

        // The first member of each map speaks for the others.
        if (member > 0 && MapOf(member - 1) == map) return new KernelFit(map, form, expansion!, noise, logEvidence, equations, null, isChosenWithout, leftOut, []);
        int[] solution = SolutionRows(order);
        var posterior = new SparseKernelFit(kernel, noise, points, _labels, _rows.Weights, order[..Math.Min(MostVarianceCentres, solution.Length)], [.. solution.Order()], choosesMultiple: false, countsUnexplained: true, keepsRows: false, _work);
        return new KernelFit(map, form, expansion!, noise, logEvidence, equations, posterior.Posterior(), isChosenWithout, leftOut, LeaveOut(posterior, folds).Variances);
    }

    /// <summary>The rows that the sparse form solves with: the first in the order of the centres.</summary>
    private int[] SolutionRows(int[] order) => order[..Math.Min(_options.SolutionRows, order.Length)];

    /// <summary>What a fit would say of the judged rows had each been left out, with its whole fold where rows have groups.</summary>
    private (double[] Predictions, double[] Variances) LeaveOut(SparseKernelFit fit, int[][] folds)
    {
        if (!_rows.HasGroups || folds.Length == 0) return fit.LeaveOneOut(Judged);
        // The folds of one partition hold every row once; a further one would take as long again.
        int count = 0;
        return fit.LeaveOut([.. folds.TakeWhile(fold => (count += fold.Length) <= _rows.Count)], Judged);
    }

    /// <summary>The samples of a member: the rows that its evidence sees, and all rows in the order in which they become centres.</summary>
    private readonly record struct MemberDraw(int[] Evidence, int[] Centres);
}
