using System.Diagnostics;
using GnMlNet.Cli.Common;
using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Output;
using GnMlNet.Cli.Tables;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using MathNet.Numerics.Random;
using Microsoft.ML;

namespace GnMlNet.Cli.Reproducing;

/// <summary>
/// The work of <c>gnml reproduce</c>: integrates every flow of the paper's Section 5, gradient flow beside them, the flows of other subsets and an
/// over-parameterized experiment. The flows are independent and share the threads; each is sequential, so no figure depends on their number.
/// </summary>
internal sealed class ReproduceJob
{
    // Eigenvalues take most of the time, so they are found at every other step.
    private const double RecordingInterval = 0.02;

    // Explicit methods are stable on the gradient flow only below about 3.3 / (nu lambda_max); the adaptive pair finds that step by itself.
    private const double FirstAdaptiveStep = 1e-3;
    private const double AdaptiveTolerance = 1e-8;

    private readonly ReproduceSettings _settings;
    private readonly Action<double> _progress;
    private readonly CancellationToken _cancellation;
    private readonly MLContext _context = new(seed: 1);
    private readonly RegressionTable _housing;
    private double _share;

    /// <param name="settings">What was asked for.</param>
    /// <param name="progress">Told of time integrated, as a share of all; from several threads.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    internal ReproduceJob(ReproduceSettings settings, Action<double> progress, CancellationToken cancellation)
    {
        (_settings, _progress, _cancellation) = (settings, progress, cancellation);
        _housing = CaliforniaHousing.Table(_context);
        if (ParameterCount > settings.Rows)
        {
            throw new UserError(
                $"{settings.HiddenUnits} hidden units have {ParameterCount} weights, more than {settings.Rows} rows: the undamped flow does not exist. Raise --rows or lower --hidden.");
        }
    }

    private int ParameterCount => CaliforniaHousing.Features.Count * _settings.HiddenUnits;

    internal ReproduceResult Run()
    {
        long start = Stopwatch.GetTimestamp();
        FlowTable table = Table(_settings.Rows, _settings.SubsetSeed);
        SignedInitialization initial = Initialization();
        double[] scales = [.. _settings.ScalingFactors], large = [.. scales.Where(alpha => alpha >= 1)], dampings = [.. OverparameterizedExperiment.Dampings];
        FlowTable few = Table(Math.Min(_settings.Rows, Math.Min(OverparameterizedExperiment.MostRows, ParameterCount - 1)), _settings.SubsetSeed);
        FlowTable[] others = [.. Enumerable.Range(1, _settings.Subsets).Select(seed => Table(_settings.Rows, seed))];

        var gaussNewton = new Trajectory[scales.Length];
        var gradientFlows = new Trajectory[scales.Length];
        var best = new BestInClass[scales.Length];
        var damped = new Trajectory[dampings.Length];
        Trajectory[][] subsets = [.. others.Select(_ => new Trajectory[large.Length])];
        // The longest first, so that no thread is left with one at the end.
        List<Action> work =
        [
            .. scales.Select((alpha, i) => (Action)(() =>
            {
                gaussNewton[i] = Integrate(table, initial, GaussNewton(alpha) with { RecordSpectrum = true, RecordingInterval = RecordingInterval });
                best[i] = BestInClass.Estimate(Model(table, initial), new QuadraticLoss(table.Labels), alpha, gaussNewton[i].Parameters);
            })),
            .. scales.Select((alpha, i) => (Action)(() => gradientFlows[i] = Integrate(table, initial, GradientFlow(alpha)))),
            .. dampings.Select((rho, i) => (Action)(() => damped[i] = Integrate(few, initial, Damped(rho)))),
            .. others.SelectMany((other, s) => large.Select((alpha, i) => (Action)(() => subsets[s][i] = Integrate(other, initial, GaussNewton(alpha) with { RecordingInterval = 1 })))),
        ];
        _share = 1.0 / work.Count;
        ParallelWork.Run(work, _settings.Threads, _cancellation);

        FlowPoint first = damped[0].Points[0];
        return new ReproduceResult(
            _settings,
            table,
            [.. scales.Select((alpha, i) => new ScaledFlow(alpha, gaussNewton[i], gradientFlows[i], best[i]))],
            [.. subsets.Select((flows, s) => new SubsetLosses(s + 1, [.. flows.Select(flow => flow.Points[^1].Loss)], [.. flows.Select(flow => flow.RankLossTime)]))],
            new OverparameterizedExperiment(
                few.Rows.RowCount,
                ParameterCount,
                OverparameterizedExperiment.Alpha,
                first.SmallestEigenvalue,
                first.LargestEigenvalue,
                [.. dampings.Select((rho, i) => new DampedFlow(rho, damped[i]))]),
            TheoremFiveCheck.Make(table, initial, scales),
            Stopwatch.GetElapsedTime(start));
    }

    private static FlowOptions GaussNewton(double alpha) => new()
    {
        ScalingFactor = alpha,
        Damping = 0,
        Scheme = FlowScheme.Euler,
        TimeStep = ReproduceSettings.TimeStep,
        Duration = ReproduceSettings.Duration,
        ContinueAfterRankLoss = true,
    };

    private static FlowOptions GradientFlow(double alpha) => GaussNewton(alpha) with
    {
        Damping = 1,
        Scheme = FlowScheme.DormandPrince,
        TimeStep = FirstAdaptiveStep,
        Tolerance = AdaptiveTolerance,
        RecordingInterval = RecordingInterval,
    };

    private static FlowOptions Damped(double rho) => GradientFlow(OverparameterizedExperiment.Alpha) with { Damping = rho, RecordSpectrum = rho == OverparameterizedExperiment.Dampings[0], RecordingInterval = 0.1 };

    private FlowTable Table(int rows, int subsetSeed) => FlowTable.Read(_context, _housing, rows, subsetSeed);

    private SignedInitialization Initialization() =>
        SignedInitialization.Draw(CaliforniaHousing.Features.Count, _settings.HiddenUnits, Activation.Tanh, new MersenneTwister(_settings.Seed));

    private static NullifiedNetworkModel Model(FlowTable table, SignedInitialization initial) => new(table.Rows, initial);

    private Trajectory Integrate(FlowTable table, SignedInitialization initial, FlowOptions options)
    {
        var control = new FlowControl { CancellationToken = _cancellation, Progress = new FlowProgress(options.Duration, share => _progress(share * _share)) };
        return FlowIntegration.Run(Model(table, initial), new QuadraticLoss(table.Labels), initial.Weights, options, control);
    }
}
