namespace GnMlNet.Core.LinearAlgebra;

/// <summary>How <see cref="ConjugateGradients"/> measures what is left of an equation.</summary>
internal enum RemainderNorm
{
    /// <summary>|r|.</summary>
    Euclidean,

    /// <summary>(r . M^-1 r)^(1/2): where M is close to A this is the energy norm of the solution's error, which is what the quadratic model loses by it.</summary>
    Preconditioned,
}
