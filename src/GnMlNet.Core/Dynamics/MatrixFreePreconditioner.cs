using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Dynamics;

/// <summary>
/// The matrix-free form: conjugate gradients on H d = J^T u with products H v = (1 - rho) J^T (J v) + rho v, until the remainder is at rounding.
/// For models whose H and K are both too large to factor.
/// </summary>
internal sealed class MatrixFreePreconditioner(DifferentiableModel model, double damping) : Preconditioner(model, damping)
{
    // Beyond this share of the right-hand side the remainder is rounding.
    private const double SmallestRemainder = 1e-14;

    // In exact arithmetic p steps are enough; rounding delays an ill-conditioned system.
    private const int MostRounds = 20;

    private readonly double[] _remainder = new double[model.ParameterCount];
    private readonly double[] _search = new double[model.ParameterCount];
    private readonly double[] _product = new double[model.ParameterCount];
    private readonly double[] _outputs = new double[model.OutputCount];

    internal override bool TryApply(ReadOnlySpan<double> outputVector, ReadOnlySpan<double> parameterVector, Span<double> direction)
    {
        direction.Clear();
        parameterVector.CopyTo(_remainder);
        parameterVector.CopyTo(_search);
        double square = Vectors.Dot(_remainder, _remainder), goal = SmallestRemainder * SmallestRemainder * square;
        long limit = (long)MostRounds * _search.Length;
        for (long i = 0; i < limit && square > goal; i++)
        {
            Multiply();
            double curvature = Vectors.Dot(_search, _product);
            if (!(curvature > 0)) return HasFullRank = false;

            double length = square / curvature;
            Vectors.AddScaled(_search, length, direction);
            Vectors.AddScaled(_product, -length, _remainder);
            double next = Vectors.Dot(_remainder, _remainder), ratio = next / square;
            for (int k = 0; k < _search.Length; k++) _search[k] = _remainder[k] + (ratio * _search[k]);
            square = next;
        }

        return HasFullRank = square <= goal;
    }

    private void Multiply()
    {
        Model.Multiply(_search, _outputs);
        Model.MultiplyTransposed(_outputs, _product);
        for (int k = 0; k < _product.Length; k++) _product[k] = ((1 - Damping) * _product[k]) + (Damping * _search[k]);
    }
}
