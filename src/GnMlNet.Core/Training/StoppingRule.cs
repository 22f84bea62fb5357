namespace GnMlNet.Core.Training;

/// <summary>Why training ended. Losses and gradients are in standardized units. The numbers are saved in model files, so they never change.</summary>
public enum StoppingRule
{
    /// <summary>The largest magnitude in the gradient g is at most the threshold: converged.</summary>
    GradientTolerance = 0,

    /// <summary>The step's length is at most the threshold times that of the parameters: converged to working precision.</summary>
    StepTolerance = 1,

    /// <summary>The loss fell by at most the threshold, as a fraction of itself, over the last ten iterations: converged for practical purposes.</summary>
    LossTolerance = 2,

    /// <summary>No damping up to the threshold gave a step that lowers the loss: at a minimum as far as rounding lets one see.</summary>
    DampingLimit = 3,

    /// <summary>The number of iterations reached the threshold.</summary>
    MaximumIterations = 4,

    /// <summary>The error on the validation rows has not improved for as many iterations as the threshold says.</summary>
    ValidationPatience = 5,

    /// <summary>The caller asked training to end and to keep the best parameters so far.</summary>
    StoppedByCaller = 6,

    /// <summary>The loss at the starting point was not a finite number, so no step could be judged.</summary>
    NonFiniteLoss = 7,

    /// <summary>The paper's flow ended at the time that is the value; the threshold is its duration, and the trajectory says why.</summary>
    FlowEnded = 8,

    /// <summary>An ensemble's best iteration, judged by left-out or validation rows, lies so far back that the number of iterations reached the threshold.</summary>
    LeftOutPatience = 9,

    /// <summary>An ensemble's error on left-out or validation rows fell by less than the threshold, as a share of itself, over the last third of the iterations.</summary>
    LeftOutProgress = 10,
}
