using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Steps;

/// <summary>
/// J^T W J from a sample of the rows at an earlier point, with the present blocks and shift, factored. The sample is renewed, with the next rows, when a <see cref="RenewalPolicy"/> says that
/// it costs more to go on without.
/// </summary>
internal sealed class SampledPreconditioner : IPreconditioner
{
    // Sums in single precision can leave an eigenvalue of some 1e-7 of the largest diagonal entry below 0.
    private const double LeastShift = 1e-7;
    private const double GreaterShift = 10;
    private const int MostAttempts = 8;

    private readonly PenalizedLeastSquares _objective;
    private readonly SymmetricMatrix _gram;
    private readonly Cholesky _factorization;
    private readonly RenewalPolicy _renewal;
    private readonly double[] _shift;
    private readonly int _pairs;
    private RowSample _sample;
    private bool _isMade;

    /// <param name="objective">Where J comes from.</param>
    /// <param name="costs">What products and matrices cost.</param>
    internal SampledPreconditioner(PenalizedLeastSquares objective, StepCosts costs)
    {
        int size = objective.ParameterCount, total = (objective.BlockCount + 1) / 2;
        (_objective, _gram, _factorization, _shift) = (objective, new SymmetricMatrix(size), new Cholesky(size, objective.Work), new double[size]);
        _pairs = (int)Math.Min(total, Math.Ceiling(costs.SampleRows / (2 * RowBlock.Capacity)));
        _sample = new RowSample(0, _pairs, total);
        _renewal = new RenewalPolicy(costs.SampledGram, costs.Iteration);
    }

    /// <summary>The bytes that it takes.</summary>
    internal static double Bytes(double size) => 2 * SymmetricMatrix.Bytes(size);

    public void MoveTo(NarrowLinearization linearization)
    {
        if (_isMade && !_renewal.IsDue) return;
        _objective.Gram(_gram, _sample);
        _sample = _sample with { First = (_sample.First + _pairs) % _sample.Total };
        _renewal.Renewed();
        _isMade = true;
    }

    public void Renew(SymmetricMatrix gram)
    {
        for (int i = 0; i < _gram.Size; i++) gram.Row(i).CopyTo(_gram.Row(i));
        _renewal.Renewed();
        _isMade = true;
    }

    public bool TryPrepare(double[] shift, UnitBlocks? blocks)
    {
        double least = 0, largest = 0;
        for (int i = 0; i < _shift.Length; i++) largest = Math.Max(largest, _gram[i, i]);
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            least = attempt == 0 ? LeastShift * largest : GreaterShift * least;
            for (int i = 0; i < _shift.Length; i++) _shift[i] = shift[i] + least;
            if (_factorization.TryFactor(_gram, 1, _shift, blocks)) return true;
        }

        return false;
    }

    public void Solve(double[] vector) => _factorization.Solve(vector);

    public void Used(int iterations) => _renewal.Used(iterations);

    public void WriteState(StateWriter writer)
    {
        writer.Write(_sample.First);
        _renewal.WriteState(writer);
        writer.Write(_isMade);
        if (_isMade) writer.Write(_gram);
    }

    public void ReadState(StateReader reader)
    {
        _sample = _sample with { First = reader.ReadInt32(0, _sample.Total - 1, "the first rows of a preconditioner") };
        _renewal.ReadState(reader);
        _isMade = reader.ReadBoolean("whether there is a preconditioner");
        if (_isMade) reader.Read(_gram, "the entries of a preconditioner");
    }
}
