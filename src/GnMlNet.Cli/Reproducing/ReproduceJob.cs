using System.Diagnostics;
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
        FlowTable few = Table(Math.Min(_settings.Rows, Math.Min(OverparameterizedExperiment.MostRows, ParameterCount - 1)), _settings.SubsetSeed);
        FlowTable[] others = [.. Enumerable.Range(1, _settings.Subsets).Select(seed => Table(_settings.Rows, seed))];
        IReadOnlyList<double> scales = _settings.ScalingFactors;
        var work = new List<Action>();
        Lazy<T> Plan<T>(Func<T> compute)
        {
            var planned = new Lazy<T>(compute);
            work.Add(() => _ = planned.Value);
            return planned;
        }

        // The longest first, so that no thread is left with one at the end.
        Lazy<(Trajectory Flow, BestInClass Best)>[] gaussNewton = [.. scales.Select(alpha => Plan(() =>
        {
            Trajectory flow = Integrate(table, initial, GaussNewton(alpha) with { RecordSpectrum = true, RecordingInterval = RecordingInterval });
            return (flow, BestInClass.Estimate(Model(table, initial), new QuadraticLoss(table.Labels), alpha, flow.Parameters));
        }))];
        Lazy<Trajectory>[] gradientFlows = [.. scales.Select(alpha => Plan(() => Integrate(table, initial, GradientFlow(alpha))))];
        Lazy<Trajectory>[] damped = [.. OverparameterizedExperiment.Dampings.Select(rho => Plan(() => Integrate(few, initial, Damped(rho))))];
        Lazy<Trajectory>[][] subsets = [.. others.Select(other => scales.Where(alpha => alpha >= 1)
            .Select(alpha => Plan(() => Integrate(other, initial, GaussNewton(alpha) with { RecordingInterval = 1 }))).ToArray())];
        _share = 1.0 / work.Count;
        ParallelWork.Run(work, _settings.Threads, _cancellation);

        return new ReproduceResult(
            _settings,
            table,
            [.. scales.Select((alpha, i) => new ScaledFlow(alpha, gaussNewton[i].Value.Flow, gradientFlows[i].Value, gaussNewton[i].Value.Best))],
            [.. subsets.Select((flows, s) => new SubsetLosses(s + 1, [.. flows.Select(flow => flow.Value.Points[^1].Loss)], [.. flows.Select(flow => flow.Value.RankLossTime)]))],
            new OverparameterizedExperiment(few.Rows.RowCount, ParameterCount, [.. damped.Select(flow => flow.Value)]),
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
        var control = new FlowControl { CancellationToken = _cancellation, Progress = Bar.Over(options.Duration, share => _progress(share * _share)) };
        return FlowIntegration.Run(Model(table, initial), new QuadraticLoss(table.Labels), initial.Weights, options, control);
    }
}
