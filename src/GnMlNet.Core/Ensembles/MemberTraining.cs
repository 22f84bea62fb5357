using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>One member in training: it advances an iteration at a time on the rows that it does not leave out, and remembers its best state.</summary>
internal sealed partial class MemberTraining
{
    private readonly TrainingOptions _options;
    private readonly TrainingControl _control;
    private readonly NetworkShape _shape;
    private readonly Activation _activation;
    private readonly LinearizationRoom? _room;

    // Null after the end.
    private PenalizedObjective? _objective;
    private LevenbergMarquardt? _optimizer;

    /// <param name="rows">The rows that it trains on and those that it leaves out.</param>
    /// <param name="options">How it is trained; its members share the threads, so it works alone.</param>
    /// <param name="control">How the caller may cancel it.</param>
    /// <param name="firstRows">How many of the training rows it begins with; null for all.</param>
    /// <param name="room">Room that members who take their steps in turn share, or null.</param>
    internal MemberTraining(MemberRows rows, TrainingOptions options, TrainingControl control, int? firstRows = null, LinearizationRoom? room = null)
    {
        (Rows, _room) = (rows, room);
        (_options, _control) = (options, new TrainingControl { CancellationToken = control.CancellationToken });
        _shape = new NetworkShape(rows.InputSize, options.HiddenUnits);
        _activation = options.Run.Activation;
        (_objective, _optimizer) = Prepare(firstRows ?? rows.TrainingCount);
    }

    /// <summary>The rows that it trains on and those that it leaves out.</summary>
    internal MemberRows Rows { get; }

    /// <summary>Which map its inputs come from.</summary>
    internal int Map => Rows.Map;

    /// <summary>The network as it is now, in a pass over rows.</summary>
    internal PassPoint Point => new(_shape, _activation, Map, Optimizer.Parameters.ToArray());

    /// <summary>What the last iteration did.</summary>
    internal TrainingIteration Latest => Optimizer.History[^1];

    /// <summary>The member as it was kept last.</summary>
    internal NetworkMember? Kept { get; private set; }

    /// <summary>How a member solves for its steps: the primal form or, for few rows of many columns, the dual one.</summary>
    /// <param name="trained">The parameters.</param>
    /// <param name="rows">How many rows it trains on.</param>
    /// <param name="adaptsPenalty">Whether every parameter has a penalty, as evidence gives it: without one on the biases the dual form has no inverse for the leverage.</param>
    internal static StepForm FormOf(TrainedParameters trained, long rows, bool adaptsPenalty) =>
        adaptsPenalty && KernelSystem.Products(trained, rows) < NormalSystem.Products(trained, rows) ? StepForm.Dual : StepForm.Primal;

    /// <summary>The bytes that a member takes.</summary>
    internal static double Bytes(TrainedParameters trained, long rows, bool adaptsPenalty) => new MemoryRequirement(trained.Shape, rows).BytesWithoutStep
        + (FormOf(trained, rows, adaptsPenalty) == StepForm.Dual ? KernelSystem.Bytes(trained, rows) + SymmetricMatrix.Bytes(rows) : NormalSystem.Bytes(trained) + EvidenceRegularization.Bytes(trained) + InexactBytes(trained, rows));

    private static double InexactBytes(TrainedParameters trained, double rows)
    {
        double blocks = Math.Ceiling(rows / RowBlock.Capacity);
        return InexactNewtonSystem.Pays(trained, rows) && InexactNewtonSystem.FitsMember(trained, blocks) ? InexactNewtonSystem.Bytes(trained, blocks) : 0;
    }

    /// <summary>Begins at a point.</summary>
    internal void Begin(double[] parameters, Evidence? evidence) => Optimizer.Begin(0, parameters, new ValidationMonitor(null, 0), evidence);

    /// <summary>Goes on from where it is with more of its rows.</summary>
    /// <param name="count">How many of them, from the first on.</param>
    internal void Grow(int count)
    {
        double[] parameters = Optimizer.Parameters.ToArray();
        Evidence? evidence = Optimizer.Evidence?.Current;
        (_objective, _optimizer) = Prepare(count);
        Begin(parameters, evidence);
    }

    /// <summary>Takes a step. Where none lowers the loss the member rests: another penalty may change that at the next iteration.</summary>
    internal void Advance()
    {
        Optimizer.Advance();
        Objective.LeaveRoom(Optimizer.Parameters);
    }

    /// <summary>Takes no more steps, and gives back what only these need.</summary>
    internal void Rest()
    {
        Optimizer.Step.ForgetInexact();
        _room?.Clear();
    }

    /// <summary>Gives back its copy of the rows and all that steps need: what was kept is all that is left.</summary>
    internal void End() => (_objective, _optimizer) = (null, null);

    /// <summary>The network as it is now.</summary>
    internal NetworkMember Current() => new(new Network(_shape, _activation, Optimizer.Parameters), Map, Optimizer.Evidence?.Current);

    /// <summary>Remembers the present state as the best one.</summary>
    internal void Keep() => Kept = Current();

    /// <summary>Measures the leverage of the kept network from its curvature there, and the variance of its noise.</summary>
    /// <param name="keep">Whether the network keeps its leverage, for other rows.</param>
    /// <returns>1/b and the leverage at every left-out row.</returns>
    internal (double NoiseVariance, double[] LeftOut) MeasureLeverage(bool keep)
    {
        NetworkMember kept = Kept!;
        double[] parameters = kept.Network.Parameters.ToArray(), gradient = new double[parameters.Length];
        Optimizer.Evidence?.Begin(kept.Evidence);
        double loss = Objective.LossAndGradient(parameters, gradient), meanSquaredError = loss - Objective.Penalty(parameters);
        double noise = kept.Evidence is null ? meanSquaredError : 1 / kept.Evidence.NoisePrecision;
        LevenbergMarquardtStep step = Optimizer.Step;
        // New rows ask for the inverse itself, which is kept where it is small.
        if (keep && step.Normal is null) step = new LevenbergMarquardtStep(Objective, StepForm.Primal, DampingMetric.Identity);
        step.Linearize(parameters, gradient, Objective.FinalCurvature);
        // Without a penalty the matrix can be singular: then the weights it leaves open say nothing about the rows.
        if (!step.System.TryInvert()) return (noise, new double[Rows.LeftOut.Length]);

        // H = b n A.
        double factor = noise / Objective.TotalWeight;
        if (step.Normal is not { } system) return (noise, [.. LeftOutDerivatives(kept.Network).Select(derivatives => factor * step.System.InverseForm(derivatives))]);
        var leverage = new Leverage(parameters.Length, system.InverseTriangle(Math.Sqrt(factor)));
        if (keep) Kept = new NetworkMember(kept.Network, Map, kept.Evidence, leverage);
        double[] values = new double[Rows.LeftOut.Length], variances = new double[Rows.LeftOut.Length];
        leverage.Evaluate(kept.Network, [.. Rows.LeftOutInputs().SelectMany(inputs => inputs)], values, variances);
        return (noise, variances);
    }

    private PenalizedObjective Objective => _objective ?? throw new InvalidOperationException("The member's training has ended.");

    private LevenbergMarquardt Optimizer => _optimizer ?? throw new InvalidOperationException("The member's training has ended.");

    private (PenalizedObjective Objective, LevenbergMarquardt Optimizer) Prepare(int count)
    {
        PenalizedObjective objective = Rows.Objective(count, _shape, _activation, _options.Penalty, _room);
        return (objective, new LevenbergMarquardt(objective, FormOf(objective.Trained, objective.OutputCount, _options.AdaptPenalty), DampingMetric.Identity, _options, _control));
    }

    // Of the network's value by its parameters, one row after the other in the same place.
    private IEnumerable<double[]> LeftOutDerivatives(Network network)
    {
        var derivatives = new double[network.Shape.ParameterCount];
        foreach (double[] inputs in Rows.LeftOutInputs())
        {
            network.Differentiate(inputs, derivatives);
            yield return derivatives;
        }
    }
}
