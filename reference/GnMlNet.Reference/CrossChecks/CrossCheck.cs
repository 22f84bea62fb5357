using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>
/// Compares a recorded run of the fast path with the exact values of the same inputs, iterate by iterate. Every error that is reported is proved: the exact value lies
/// within it of the double. The reference computes everything anew from the plain numbers of the trace.
/// </summary>
public sealed class CrossCheck
{
    private const int MostBits = 1024;

    // The enclosure of the exact step must be this much finer than a double for its own width to be invisible.
    private const int SparePlaces = 70;

    // Units in the last place of single precision, in those of double precision.
    private const double SingleOverDouble = 1L << 29;

    // The rounding of a score: half a unit in the last place of single precision, and a little for the second order.
    private const double HalfUnitOfSingle = 1.001 / (1L << 24);

    private readonly RecordedRun _run;
    private readonly StepEquations _equations;
    private readonly int _bits;
    private readonly double[] _rowWeights;
    private readonly double[] _targets;
    private readonly Queue<(double[] Parameters, int Bits, EnclosedPoint Point)> _latest = [];
    private readonly Lazy<RoundingAnalysis?> _origin;

    /// <summary>Prepares the check of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="bits">The fraction bits to begin with, at least 64; they are doubled where they do not suffice.</param>
    public CrossCheck(RecordedRun run, int bits = 128)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 64);
        (_run, _bits) = (run, bits);
        _rowWeights = [.. run.Rows.Select(row => row.Weight)];
        _targets = [.. run.Rows.Select(row => row.Y)];
        _equations = StepEquations.Of(run, FastKernels.Instance);
        _origin = new(() => _equations.Origin(bits) is { } origin ? new RoundingAnalysis(origin, _rowWeights, _targets, 1, initial: null) : null);
    }

    /// <summary>Checks iterates of the run.</summary>
    /// <param name="every">1 for all, k for every k-th and the last.</param>
    /// <param name="computed">What the fast path computes at an iterate beyond the trace, or null.</param>
    /// <param name="progress">Told of every checked iterate.</param>
    /// <param name="cancellation">Ends the check with an <see cref="OperationCanceledException"/>.</param>
    public CrossCheckReport Run(int every = 1, Func<RecordedIterate, ComputedValues>? computed = null, Action<CheckedIterate>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        var iterates = new List<CheckedIterate>();
        for (int index = 0; index < _run.Iterates.Count; index++)
        {
            if (index % every != 0 && index != _run.Iterates.Count - 1) continue;
            cancellation.ThrowIfCancellationRequested();
            CheckedIterate iterate = Check(index, computed?.Invoke(_run.Iterates[index]));
            iterates.Add(iterate);
            progress?.Invoke(iterate);
        }

        return new CrossCheckReport(_run.Kind, _run.Rows.Count, _equations.ParameterCount, iterates);
    }

    /// <summary>A certificate of the step that led to an iterate of training, or of the direction at an iterate of a flow.</summary>
    /// <param name="index">The iterate's place in the trace.</param>
    /// <returns>Null where there is no step, or none of which anything is proved.</returns>
    public StepCertificate? Certify(int index)
    {
        RecordedIterate iterate = _run.Iterates[index];
        if (StepAt(index) is not (var from, var recorded)) return null;
        (_, SolutionEnclosure solution, int bits) = Enclose(from, iterate);
        if (!solution.Distance.IsFinite) return null;
        return new StepCertificate
        {
            Run = _run with { Iterates = _equations.IteratesOfStep(index) },
            Place = index,
            Bits = bits,
            Approximation = solution.Approximation,
            SmallestEigenvalue = solution.SmallestEigenvalue!.Value,
            Distance = solution.Distance.ToDyadic(),
            Error = solution.DistanceOf(recorded).ToDyadic(),
        };
    }

    /// <summary>The recorded step at an iterate and the point that it starts from, or null.</summary>
    private (double[] From, double[] Recorded)? StepAt(int index)
    {
        double[] recorded = _run.StepOf(_run.Iterates[index]);
        return recorded.Length == 0 ? null : (_equations.IteratesOfStep(index)[0].Parameters, recorded);
    }

    private CheckedIterate Check(int index, ComputedValues? computed)
    {
        RecordedIterate iterate = _run.Iterates[index];
        EnclosedPoint point = _equations.Penalized(Evaluate(iterate.Parameters, _bits), iterate);
        RoundingAnalysis analysis = Analyze(point);
        var errors = new List<CertifiedError>();
        if (double.IsFinite(iterate.Loss))
        {
            Magnitude error = Magnitude.Of(Dyadic.FromDouble(iterate.Loss) - point.Loss) + point.LossError;
            errors.Add(CertifiedError.Of(CheckedQuantity.Loss, error, FromBelow(Magnitude.Of(point.Loss), point.LossError), analysis.Loss));
        }

        if (computed is not null) AddComputed(errors, point, analysis, computed);
        errors.AddRange(FlowFigures.OfOutputGradient(iterate, point, _rowWeights, analysis));
        errors.AddRange(FlowFigures.OfSpectrum(iterate, point, analysis));

        if (StepAt(index) is not (var from, var recorded))
            return new CheckedIterate(index, iterate.Iteration, iterate.Time, _bits, errors, double.NaN, Verdict.Undecided, ParametersFollow: true);

        (EnclosedSystem system, SolutionEnclosure solution, int bits) = Enclose(from, iterate);
        double smallest = solution.SmallestEigenvalue is { Sign: > 0 } bound ? RoundDown(bound) : 0;
        CertifiedError step = Step(from, recorded, iterate, system, solution, bits, smallest);
        errors.Add(step);
        errors.AddRange(FlowFigures.OfRiemannianGradient(iterate, Evaluate(from, bits), solution, analysis, step.AbsoluteBound));
        bool follow = _equations.Follow(from, recorded, iterate.Parameters);
        return new CheckedIterate(index, iterate.Iteration, iterate.Time, bits, errors, smallest, smallest > 0 ? Verdict.Proved : Verdict.Undecided, follow);
    }

    /// <summary>The point, or the one evaluated last or before it: a step begins where the iterate before it ended.</summary>
    private EnclosedPoint Evaluate(double[] parameters, int bits)
    {
        foreach ((double[] known, int knownBits, EnclosedPoint at) in _latest)
        {
            if (knownBits == bits && ReferenceEquals(known, parameters)) return at;
        }

        EnclosedPoint point = _equations.Evaluate(parameters, bits);
        if (_latest.Count == 2) _latest.Dequeue();
        _latest.Enqueue((parameters, bits, point));
        return point;
    }

    private RoundingAnalysis Analyze(EnclosedPoint point) => new(point, _rowWeights, _targets, _equations.Scale, _origin.Value);

    private CertifiedError Step(double[] from, double[] recorded, RecordedIterate iterate, EnclosedSystem system, SolutionEnclosure solution, int bits, double smallest)
    {
        bool approximate = iterate.CurvatureRows.Count > 0 || iterate.CurvatureInSinglePrecision;
        Magnitude size = Norms.Euclidean(solution.Approximation);
        double promised = Promise(_equations.Penalized(Evaluate(from, bits), iterate), system, size.ToDouble(), smallest, iterate);
        CheckedQuantity quantity = approximate ? CheckedQuantity.ApproximateStep : CheckedQuantity.Step;
        return CertifiedError.Of(quantity, solution.DistanceOf(recorded), FromBelow(size, solution.Distance), promised);
    }

    /// <summary>The equations of a step and their solution, with as many bits as it takes or as there may be.</summary>
    private (EnclosedSystem System, SolutionEnclosure Solution, int Bits) Enclose(double[] from, RecordedIterate iterate)
    {
        for (int bits = _bits; ; bits *= 2)
        {
            EnclosedSystem system = _equations.Equations(Evaluate(from, bits), iterate);
            SolutionEnclosure solution = SolutionEnclosure.Of(system);
            bool isFine = solution.Distance << SparePlaces < Norms.Euclidean(solution.Approximation);
            if (isFine || 2 * bits > MostBits) return (system, solution, bits);
        }
    }

    private double Promise(EnclosedPoint point, EnclosedSystem system, double stepNorm, double smallest, RecordedIterate iterate)
    {
        RoundingAnalysis analysis = Analyze(point);
        double[] weights = _equations.MatrixWeights(iterate);
        // A sample's equations are multiplied by its weight; errors are multiplied along.
        double sample = iterate.CurvatureRows.Count == 0 ? 1 : weights.Sum();
        double gradient = sample * analysis.Gradient(_equations.GradientFactor), gram = analysis.Gram(weights) * (iterate.CurvatureInSinglePrecision ? SingleOverDouble : 1);
        return RoundingAnalysis.Step(gradient, gram, system.FrobeniusNorm.ToDouble(), _equations.ParameterCount, stepNorm, smallest);
    }

    private static void AddComputed(List<CertifiedError> errors, EnclosedPoint point, RoundingAnalysis analysis, ComputedValues computed)
    {
        Magnitude[] widths = [.. point.Outputs.Values.Select(_ => point.Outputs.Error)];
        double rounding = Math.Sqrt(analysis.Outputs.Sum(error => error * error));
        if (computed.Outputs is { } outputs) errors.Add(Vector(CheckedQuantity.Outputs, outputs, point.Outputs.Values, widths, rounding));
        if (computed.Scores is { } scores) errors.Add(Vector(CheckedQuantity.Scores, scores, point.Outputs.Values, widths, rounding + (HalfUnitOfSingle * Norms.Euclidean(point.Outputs.Values).ToDouble())));

        if (computed.Gradient is { } gradient) errors.Add(Vector(CheckedQuantity.Gradient, gradient, point.Gradient, point.GradientErrors, analysis.Gradient(computed.GradientFactor)));
        if (computed.Gram is { } gram)
        {
            GramEnclosure exact = point.Grams.Of(computed.GramWeights);
            errors.Add(Vector(CheckedQuantity.Gram, gram, exact.Matrix.ToDyadics(), exact.EntryErrors, analysis.Gram(computed.GramWeights)));
        }
    }

    private static CertifiedError Vector(CheckedQuantity quantity, double[] computed, Dyadic[] exact, Magnitude[] widths, double promised)
    {
        Magnitude width = Norms.Euclidean(widths);
        return CertifiedError.Of(quantity, Norms.Distance(computed, exact) + width, FromBelow(Norms.Euclidean(exact), width), promised);
    }

    /// <summary>A lower bound of a size known to within an error, from an upper bound of it that <see cref="Norms"/> computed; zero where it may vanish.</summary>
    private static Magnitude FromBelow(Magnitude size, Magnitude error)
    {
        if (!size.IsFinite || !error.IsFinite || size.IsZero) return Magnitude.Zero;
        // An operation on magnitudes exceeds the exact result by at most 2^-51 of it, so the norm of N numbers exceeds theirs by less than (N + 4) 2^-51 of it: 2^-20 for any N up to 2^30.
        Dyadic lower = size.ToDyadic() - (size << -20).ToDyadic() - error.ToDyadic();
        return lower.Sign > 0 ? lower.LowerMagnitude() : Magnitude.Zero;
    }

    private static double RoundDown(Dyadic value)
    {
        double nearest = value.ToDouble();
        return Dyadic.FromDouble(nearest) > value ? Math.BitDecrement(nearest) : nearest;
    }
}
