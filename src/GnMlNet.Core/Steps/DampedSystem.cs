using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Steps;

/// <summary>
/// The one linear system behind training and flow: with the Jacobian J of a model at a point,
/// <code>
/// (s J^T J + Lambda + mu D) x = b,   b = J^T u + c
/// </code>
/// Assembled once at a point, where the model stays meanwhile, then solved for one damping after the other. The forms differ in how they solve it, not in
/// what they solve.
/// <list type="table">
/// <listheader><term>symbol</term><description>here; in training; in the paper's flow (equation (1))</description></listheader>
/// <item><term>s</term><description>the scale; 1; 1 - rho</description></item>
/// <item><term>Lambda</term><description>a diagonal of penalties, p numbers; the lambda_i; 0</description></item>
/// <item><term>mu, D</term><description>damping and its metric, p numbers; adaptive; rho and I</description></item>
/// <item><term>u, c</term><description>n and p numbers; minus the residuals and minus Lambda theta; grad g and 0</description></item>
/// </list>
/// </summary>
/// <param name="model">What J is the Jacobian of.</param>
/// <param name="scale">s, positive.</param>
internal abstract class DampedSystem(DifferentiableModel model, double scale)
{
    /// <summary>How it is solved.</summary>
    internal abstract StepForm Form { get; }

    /// <summary>Whether the matrix had full rank to working precision, or conjugate gradients converged, when it was solved last.</summary>
    internal abstract bool HasFullRank { get; }

    /// <summary>What is left of b - A x where x is inexact; nothing where it is exact up to rounding.</summary>
    internal virtual ReadOnlySpan<double> Remainder => [];

    private protected DifferentiableModel Model { get; } = model;

    /// <summary>s.</summary>
    private protected double Scale { get; } = scale;

    /// <summary>p.</summary>
    private protected int Size => Model.ParameterCount;

    /// <summary>The diagonal of Lambda; p numbers.</summary>
    private protected double[] Penalties { get; } = new double[model.ParameterCount];

    /// <summary>Takes J at the model's point.</summary>
    /// <param name="penalties">The diagonal of Lambda, or nothing where it is 0.</param>
    /// <param name="sample">What J^T J is made from, or null for all rows in double; only the primal form looks at it.</param>
    internal abstract void Assemble(ReadOnlySpan<double> penalties, CurvatureSample? sample = null);

    /// <summary>Takes over another Lambda at the same point: here by assembling anew.</summary>
    internal virtual void SetPenalties(ReadOnlySpan<double> penalties) => Assemble(penalties);

    /// <summary>Sets the right side; J is that of the last <see cref="Assemble"/>.</summary>
    /// <param name="rows">u; only the dual form looks at it.</param>
    /// <param name="offset">c, or nothing where it is 0; only the dual form looks at it.</param>
    /// <param name="sum">b = J^T u + c; not changed before the last solve.</param>
    internal abstract void SetRightSide(ReadOnlySpan<double> rows, ReadOnlySpan<double> offset, double[] sum);

    /// <summary>Solves.</summary>
    /// <param name="damping">mu, at least 0.</param>
    /// <param name="metric">The diagonal of D, or nothing where it is the identity.</param>
    /// <param name="solution">Where x goes, p numbers.</param>
    /// <returns>False where the matrix is not positive definite to working precision.</returns>
    internal abstract bool TrySolve(double damping, ReadOnlySpan<double> metric, double[] solution);

    /// <summary>The diagonal of s J^T J + Lambda, p numbers; in the dual form it costs a pass over the rows.</summary>
    internal abstract ReadOnlySpan<double> Diagonal();

    /// <summary>Inverts A = s J^T J + Lambda, without damping; false where it is not positive definite to working precision, and in the matrix-free form.</summary>
    internal abstract bool TryInvert();

    /// <summary>Entry i of the diagonal of A^-1; in the dual form the weights of an input to the hidden units of a network have their mean.</summary>
    internal abstract double InverseDiagonal(int i);

    /// <summary>j^T A^-1 j.</summary>
    /// <param name="vector">j, p numbers.</param>
    internal abstract double InverseForm(ReadOnlySpan<double> vector);

    /// <summary>
    /// The eigenvalues, ascending, of s J^T J or, where there are fewer rows than parameters, of s J J^T; null where neither is formed. For diagnostics: costs a decomposition.
    /// </summary>
    internal abstract double[]? Eigenvalues();

    /// <summary>Takes over Lambda; nothing means 0.</summary>
    private protected void TakePenalties(ReadOnlySpan<double> penalties)
    {
        if (penalties.IsEmpty) Array.Clear(Penalties);
        else penalties.CopyTo(Penalties);
    }

    /// <summary>Computes the diagonal of s J^T J + Lambda from the columns of J, where J^T J is not formed.</summary>
    private protected void ComputeDiagonal(Span<double> diagonal)
    {
        Model.SquareColumns(diagonal);
        for (int i = 0; i < diagonal.Length; i++) diagonal[i] = (Scale * diagonal[i]) + Penalties[i];
    }
}
