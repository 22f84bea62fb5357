using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Benchmarks;

/// <summary>A number of rows and a network, which give the Jacobian its size. Networks without biases are the paper's, whose output layer is fixed.</summary>
/// <param name="Rows">n.</param>
/// <param name="Shape">The network.</param>
public sealed record ProblemSize(int Rows, NetworkShape Shape)
{
    /// <summary>18 units on 256 rows with 8 features: the paper's network, 144 parameters.</summary>
    internal static ProblemSize Small { get; } = new(256, new NetworkShape(8, 18, HasBiases: false));

    internal TrainedParameters Trained => new(Shape, IncludeOutputLayer: Shape.HasBiases);

    /// <summary>n x p, the size of the Jacobian.</summary>
    public override string ToString() => $"{Rows} x {Trained.Count}";
}
