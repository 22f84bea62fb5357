namespace GnMlNet.Core.Kernels;

/// <summary>How the output weights of a kernel block are found. The numbers are saved in model files, so they never change.</summary>
public enum KernelForm
{
    /// <summary>A unit at every distinct row, all weights exactly: the Gauss-Newton step in its dual form, by a Cholesky factorization of n x n.</summary>
    Exact = 0,

    /// <summary>A unit at every distinct row, the same system by conjugate gradients, preconditioned by the sparse form; in single precision, without a matrix.</summary>
    ConjugateGradients = 1,

    /// <summary>Units at some of the rows, weights by least squares over all, with the variance that the other rows' units would explain as further noise.</summary>
    Sparse = 2,
}
