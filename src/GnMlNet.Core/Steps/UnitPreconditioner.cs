using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Steps;

/// <summary>The blocks of the matrix between parameters of one hidden unit, exactly, and the diagonal entry of the output bias: its cost is linear in the number of units.</summary>
internal sealed class UnitPreconditioner : IPreconditioner
{
    // Products in single precision can leave an eigenvalue below 0.
    private const double LeastShare = 1e-6;

    private readonly UnitBlocks _gram;
    private readonly UnitBlocks _factors;
    private readonly double[] _diagonal;

    /// <param name="trained">The parameters.</param>
    internal UnitPreconditioner(TrainedParameters trained)
    {
        _gram = new UnitBlocks(trained.Shape.HiddenSize, trained.Shape.UnitLength);
        _factors = new UnitBlocks(_gram.Units, _gram.Inputs);
        _diagonal = new double[trained.Count - (_gram.Units * _gram.Size)];
    }

    public void MoveTo(NarrowLinearization linearization)
    {
        linearization.UnitGram(_gram);
        // All rows together have weight 1.
        Array.Fill(_diagonal, 1);
    }

    public bool TryPrepare(double[] shift, UnitBlocks? blocks)
    {
        _gram.Values.CopyTo(_factors.Values);
        if (blocks is not null) Vectors.AddScaled(blocks.Values, 1, _factors.Values);
        for (int i = 0; i < _factors.Units; i++)
        {
            Span<double> block = _factors.Block(i);
            for (int a = 0; a < _factors.Size; a++)
            {
                ref double entry = ref block[(a * _factors.Size) + a];
                entry = (entry * (1 + LeastShare)) + shift[_factors.Parameter(i, a)];
            }
        }

        int others = shift.Length - _diagonal.Length;
        for (int i = 0; i < _diagonal.Length; i++) _diagonal[i] = 1 + shift[others + i];
        return _factors.TryFactor();
    }

    public void Solve(double[] vector)
    {
        _factors.Solve(vector);
        int others = vector.Length - _diagonal.Length;
        for (int i = 0; i < _diagonal.Length; i++) vector[others + i] /= _diagonal[i];
    }

    public void Renew(SymmetricMatrix gram)
    {
    }

    public void Used(int iterations)
    {
    }

    // All of it is of the present point.
    public void WriteState(StateWriter writer)
    {
    }

    public void ReadState(StateReader reader)
    {
    }
}
