using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Streaming;

/// <summary>A network in a pass over rows.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Activation">Its activation.</param>
/// <param name="Map">The map that its inputs come from.</param>
/// <param name="Theta">All its parameters; whoever begins the pass does not change them until it ends.</param>
internal sealed record PassPoint(NetworkShape Shape, Activation Activation, int Map, double[] Theta)
{
    /// <summary>Its parameters, all of which are trained.</summary>
    internal TrainedParameters Trained => new(Shape);

    /// <summary>Its residuals on blocks of rows.</summary>
    internal BlockResiduals Residuals() => new(Trained, Activation);
}
