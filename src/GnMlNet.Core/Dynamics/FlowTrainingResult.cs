using GnMlNet.Core.Networks;
using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Dynamics;

/// <summary>A network trained by the paper's dynamics and how it came about.</summary>
/// <param name="Network">The network.</param>
/// <param name="Trajectory">The recorded dynamics.</param>
/// <param name="StepForm">In which form directions were computed, and why.</param>
public sealed record FlowTrainingResult(NullifiedNetwork Network, Trajectory Trajectory, StepFormChoice StepForm);
