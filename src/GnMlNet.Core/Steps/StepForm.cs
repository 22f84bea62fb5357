namespace GnMlNet.Core.Steps;

/// <summary>How the equations of a Gauss-Newton step are solved. All forms solve the same equations.</summary>
public enum StepForm
{
    /// <summary>The matrix A of the parameters (p x p) is factored.</summary>
    Primal = 0,

    /// <summary>The kernel J J^T of the rows (n x n) is factored: cheaper where there are more parameters than rows.</summary>
    Dual = 1,

    /// <summary>Conjugate gradients on products with A, which is never formed: where neither matrix fits into memory.</summary>
    MatrixFree = 2,
}
