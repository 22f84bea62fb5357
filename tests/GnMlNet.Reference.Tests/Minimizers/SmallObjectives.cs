using GnMlNet.Reference.Minimizers;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests.Minimizers;

/// <summary>Objectives of two inputs on some rows.</summary>
internal static class SmallObjectives
{
    internal const int Inputs = 2;

    internal static (RecordedRun Run, double[] Penalties) Draw(int seed, int units = 2, Sigmoid activation = Sigmoid.Tanh, double penalty = 0.01, int rows = 24)
    {
        var random = new Random(seed);
        double Number() => (2 * random.NextDouble()) - 1;
        RecordedRow[] all = [.. Enumerable.Range(0, rows).Select(_ =>
        {
            double x1 = 2 * Number(), x2 = 2 * Number();
            return new RecordedRow([x1, x2], Math.Sin(2 * x1) + (x2 * x2 / 2) - 0.6 + (0.2 * Number()), (1 + random.NextDouble()) / (1.5 * rows));
        })];
        var run = new RecordedRun { Kind = RunKind.Training, Inputs = Inputs, HiddenUnits = units, Biases = true, TrainsOutputLayer = true, Activation = activation, Rows = all, Iterates = [] };
        return (run, [.. Enumerable.Range(0, Count(units)).Select(i => penalty * (1 + (i % 3)))]);
    }

    internal static int Count(int units) => (units * (Inputs + 2)) + 1;

    internal static double[] Weights(int seed, int units, double size = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Count(units)).Select(_ => size * ((2 * random.NextDouble()) - 1))];
    }

    /// <summary>Polished from random weights.</summary>
    internal static (TrainingObjective Objective, PlainObjective Plain, double[] Weights) Minimum(int seed, int units = 2, Sigmoid activation = Sigmoid.Tanh, double penalty = 0.01)
    {
        (RecordedRun run, double[] penalties) = Draw(seed, units, activation, penalty);
        var objective = new TrainingObjective(run, penalties);
        Polish.Result polished = Polish.Run(objective, Weights(seed + 100, units), units: null, mostSteps: 2000);
        polished.EndsAtMinimum.Should().BeTrue();
        return (objective, new PlainObjective(run, penalties), polished.Weights);
    }
}
