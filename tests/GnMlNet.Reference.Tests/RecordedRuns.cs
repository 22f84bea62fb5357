using System.Text;
using GnMlNet.Core.Data;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Traces;
using GnMlNet.Core.Training;

namespace GnMlNet.Reference.Tests;

/// <summary>Traces of small runs of the fast path.</summary>
internal static class RecordedRuns
{
    internal static string[] Training(int rows, int inputs, int hidden, int iterations, double penalty = 1e-3, Activation? activation = null, Func<int, double>? weight = null, bool adaptPenalty = false, double stepTolerance = TrainingOptions.Defaults.StepTolerance)
    {
        var options = new TrainingOptions { Run = new() { HiddenUnits = hidden, Seed = 3, Activation = activation ?? Activation.Tanh }, AdaptPenalty = adaptPenalty, MaximumIterations = iterations, Penalty = penalty, LossTolerance = 0, StepTolerance = stepTolerance };
        return Lines(trace => NetworkTraining.Train(Table(rows, inputs, weight), options, control: new TrainingControl { Recorder = trace }));
    }

    internal static string[] Flow(
        int rows, int inputs, int hidden, double damping, double duration, double alpha = 8, Activation? activation = null, FlowScheme scheme = FlowScheme.Euler, double timeStep = 0.01, double interval = 0)
    {
        var flow = new FlowOptions { Duration = duration, Damping = damping, ScalingFactor = alpha, Scheme = scheme, TimeStep = timeStep, RecordingInterval = interval };
        var options = new FlowTrainingOptions { Run = new() { HiddenUnits = hidden, Seed = 5, Activation = activation ?? Activation.Tanh }, Flow = flow };
        return Lines(trace => FlowTraining.Train(Table(rows, inputs), options, new FlowControl { Recorder = trace }));
    }

    private static string[] Lines(Action<TraceWriter> run)
    {
        var stream = new MemoryStream();
        using (var trace = new TraceWriter(stream) { WithSpectrum = true }) run(trace);
        return Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n');
    }

    private static RegressionData Table(int rows, int inputs, Func<int, double>? weight = null)
    {
        var random = new Random(7);
        var data = new RegressionData(inputs);
        for (int j = 0; j < rows; j++)
        {
            double[] x = [.. Enumerable.Range(0, inputs).Select(_ => (4 * random.NextDouble()) - 2)];
            data.Add(x, Math.Sin(2 * x[0]) + (x[^1] * x[^1]) + (0.1 * random.NextDouble()), weight?.Invoke(j) ?? 1);
        }

        return data;
    }
}
