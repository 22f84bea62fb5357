using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Objectives;

/// <summary>
/// The objective's quadratic model at a point theta, for a step s:
/// E(theta) + 2 g . s + s . A s, with A = J^T W J + lambda D and g = J^T W r + lambda D theta
/// (D picks the penalized parameters). A is half the Gauss-Newton approximation of the Hessian.
/// </summary>
internal sealed class Linearization
{
    internal Linearization(int parameterCount)
    {
        Gradient = new double[parameterCount];
        Matrix = new SymmetricMatrix(parameterCount);
    }

    /// <summary>p, the number of parameters.</summary>
    internal int Size => Gradient.Length;

    /// <summary>E(theta).</summary>
    internal double Loss { get; set; }

    /// <summary>g, half the gradient of E.</summary>
    internal double[] Gradient { get; }

    /// <summary>A, p x p.</summary>
    internal SymmetricMatrix Matrix { get; }
}
