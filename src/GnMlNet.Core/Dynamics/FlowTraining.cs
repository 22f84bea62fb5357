using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;
using MathNet.Numerics.Random;

namespace GnMlNet.Core.Dynamics;

/// <summary>
/// Trains a network by the paper's dynamics (equation (1)): fixed random signs, no biases, nullified output, fixed damping rho, explicit time steps.
/// Features and label are taken as they are; the paper standardizes the features first.
/// </summary>
public static class FlowTraining
{
    /// <summary>Trains.</summary>
    /// <param name="data">The rows; weights other than 1 make the loss a weighted sum of squares.</param>
    /// <param name="options">Everything else.</param>
    /// <param name="control">How to watch and end it, or null for neither.</param>
    /// <exception cref="ArgumentException">There are no rows, or options do not fit together or the data.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">Training would take more memory than allowed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled it.</exception>
    public static FlowTrainingResult Train(RegressionData data, FlowTrainingOptions options, FlowControl? control = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Run);
        ArgumentNullException.ThrowIfNull(options.Flow);
        if (data.RowCount == 0) throw new ArgumentException("There are no training rows.", nameof(data));
        options.Run.Validate();
        var shape = new NetworkShape(data.InputSize, options.HiddenUnits, HasBiases: false);
        shape.Validate();
        var trained = new TrainedParameters(shape, IncludeOutputLayer: false);
        options.Flow.Validate(trained.LongCount, data.RowCount);
        if (options.AntiSymmetric && options.Flow.Damping == 0)
            throw new ArgumentException("An anti-symmetric initialization has a rank-deficient Jacobian, so the damping rho must be positive.", nameof(options));

        var memory = new MemoryRequirement(shape, data.RowCount);
        if (memory.Refusal(options.Run.MemoryLimit) is { } refusal) throw new MemoryRefusedException(refusal);
        StepFormChoice choice = StepFormChoice.Choose(trained, data.RowCount, options.Run.MemoryLimit - memory.BytesWithoutStep);
        // Without damping K is singular as soon as there are more rows than parameters.
        StepForm form = options.Flow.Form ?? (options.Flow.Damping == 0 && choice.Form == StepForm.Dual ? StepForm.Primal : choice.Form);

        var random = new MersenneTwister(options.Run.Seed);
        SignedInitialization initial = options.AntiSymmetric
            ? SignedInitialization.DrawAntiSymmetric(data.InputSize, options.HiddenUnits, options.Run.Activation, random)
            : SignedInitialization.Draw(data.InputSize, options.HiddenUnits, options.Run.Activation, random);
        var model = new NullifiedNetworkModel(data, initial, options.Run.Threads);
        FlowOptions flow = options.Flow with { Form = form };
        control?.Recorder?.Begin(data, initial, flow, options.Run.Seed);
        Trajectory trajectory = FlowIntegration.Run(model, new QuadraticLoss(data.Labels(), data.Weights()), initial.Weights, flow, control);
        return new FlowTrainingResult(
            new NullifiedNetwork(initial, trajectory.Parameters, options.Flow.ScalingFactor), trajectory, choice with { Form = form });
    }
}
