using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Objectives;

/// <summary>Which parameters of a network are trained: the first ones of the flattening order, either all of them or the hidden layer alone.</summary>
/// <param name="Shape">The network.</param>
/// <param name="IncludeOutputLayer">Whether the output weights and bias are trained too; the paper fixes them.</param>
internal readonly record struct TrainedParameters(NetworkShape Shape, bool IncludeOutputLayer = true)
{
    /// <summary>p, the number of trained parameters.</summary>
    internal int Count => checked((int)LongCount);

    /// <summary>p, also where it exceeds an array's length.</summary>
    internal long LongCount => IncludeOutputLayer ? Shape.ParameterCount : (long)Shape.HiddenSize * Shape.UnitLength;

    /// <summary>How many columns of J are no products of a slope and an input: those of the output layer.</summary>
    internal int OtherCount => IncludeOutputLayer ? Shape.HiddenSize + (Shape.HasBiases ? 1 : 0) : 0;

    /// <summary>Room for the factors of J of one block of rows.</summary>
    internal JacobianFactors<T> NewFactors<T>()
        where T : unmanaged => new(Shape.HiddenSize, Shape.UnitLength, OtherCount);

    /// <summary>The bytes of that room.</summary>
    internal double FactorBytes<T>()
        where T : unmanaged => JacobianFactors<T>.Bytes(Shape.HiddenSize, Shape.UnitLength, OtherCount);
}
