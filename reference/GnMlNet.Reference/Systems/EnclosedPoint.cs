using GnMlNet.Reference.Networks;

namespace GnMlNet.Reference.Systems;

/// <summary>What there is to know at a point of a run, enclosed.</summary>
/// <param name="Parameters">Where.</param>
/// <param name="Layer">The numbers that were evaluated.</param>
/// <param name="Activations">Activations and slopes.</param>
/// <param name="Outputs">phi at every row, less that at w_init for a nullified network.</param>
/// <param name="Jacobian">J.</param>
/// <param name="Grams">Its Gram matrices.</param>
/// <param name="Residuals">Scaled output less target at every row, approximately.</param>
/// <param name="ResidualError">A bound on the error of each.</param>
/// <param name="Loss">The loss, approximately; without the penalty of a step unless that was added.</param>
/// <param name="LossError">A bound on its error.</param>
/// <param name="Gradient">The gradient that the equations of the step have on their right, approximately.</param>
/// <param name="GradientErrors">A bound on the error of each entry.</param>
internal sealed record EnclosedPoint(
    ParameterBall Parameters,
    Layer Layer,
    ActivationEnclosure Activations,
    OutputEnclosure Outputs,
    JacobianEnclosure Jacobian,
    GramsOfPoint Grams,
    Dyadic[] Residuals,
    Magnitude ResidualError,
    Dyadic Loss,
    Magnitude LossError,
    Dyadic[] Gradient,
    Magnitude[] GradientErrors);
