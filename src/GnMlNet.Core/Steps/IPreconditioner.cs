using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Steps;

/// <summary>A matrix near J^T W J + B + diag(a) that is cheap to solve with; B is a <see cref="UnitBlocks"/>.</summary>
internal interface IPreconditioner
{
    /// <summary>A new point.</summary>
    /// <param name="linearization">J there.</param>
    void MoveTo(NarrowLinearization linearization);

    /// <summary>J^T W J of all rows at the present point is at hand.</summary>
    void Renew(SymmetricMatrix gram);

    /// <summary>Gets ready to solve.</summary>
    /// <param name="shift">a, p positive numbers.</param>
    /// <param name="blocks">B, or null where it is 0.</param>
    /// <returns>False where the matrix is not positive definite to working precision.</returns>
    bool TryPrepare(double[] shift, UnitBlocks? blocks);

    /// <summary>Overwrites a vector with the solution.</summary>
    void Solve(double[] vector);

    /// <summary>Told how many iterations a solve took, the first at a point.</summary>
    void Used(int iterations);

    /// <summary>Writes what it keeps from earlier points.</summary>
    void WriteState(StateWriter writer);

    /// <summary>Takes over what another one wrote.</summary>
    void ReadState(StateReader reader);
}
