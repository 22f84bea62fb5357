using System.Numerics;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>A function of one number in the lanes of a vector; every lane gets the same bits, whatever the vector's width.</summary>
internal interface IVectorFunction
{
    /// <summary>The function.</summary>
    static abstract Vector<double> Value(Vector<double> z);

    /// <summary>The function and its derivative.</summary>
    static abstract Vector<double> Value(Vector<double> z, out Vector<double> slope);
}
