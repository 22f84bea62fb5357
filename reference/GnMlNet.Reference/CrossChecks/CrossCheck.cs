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

    // The rounding of a score: half a unit in the last place of single precision, and a little for the second order.
    private const double HalfUnitOfSingle = 1.001 / (1L << 24);

    private readonly RecordedRun _run;
    private readonly StepEquations _equations;
    private readonly int _bits;
    private readonly double[] _rowWeights;
    private readonly StepPromise _promise;
    private readonly Queue<(double[] Parameters, int Bits, EnclosedPoint Point)> _latest = [];

    /// <summary>Prepares the check of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="bits">The fraction bits to begin with, at least 64; they are doubled where they do not suffice.</param>
    public CrossCheck(RecordedRun run, int bits = 128)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 64);
        (_run, _bits) = (run, bits);
        _rowWeights = [.. run.Rows.Select(row => row.Weight)];
        _equations = StepEquations.Of(run, FastKernels.Instance);
        _promise = new StepPromise(run, _equations, bits);
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
        List<RuleFinding> findings = [.. RunRules.Of(_run, _equations, _promise, _bits)];
        for (int index = 0; index < _run.Iterates.Count; index++)
        {
            if (index % every != 0 && index != _run.Iterates.Count - 1) continue;
            cancellation.ThrowIfCancellationRequested();
            CheckedIterate iterate = Check(index, computed?.Invoke(_run.Iterates[index]));
            iterates.Add(iterate);
            findings.AddRange(IterateRules.Of(_run, _equations, _promise, Evaluate, index, _bits));
            progress?.Invoke(iterate);
        }

        return new CrossCheckReport(_run.Kind, _run.Rows.Count, _equations.ParameterCount, iterates, findings);
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
        RoundingAnalysis analysis = _promise.Analyze(point);
        var errors = new List<CertifiedError>();
        if (double.IsFinite(iterate.Loss)) errors.Add(CertifiedError.Of(CheckedQuantity.Loss, iterate.Loss, new Ball(point.Loss, point.LossError), analysis.Loss));
        if (computed is not null) AddComputed(errors, point, analysis, computed);
        if (_run.Kind == RunKind.Flow)
        {
            errors.AddRange(FlowFigures.OfOutputGradient(iterate, point, _rowWeights, analysis));
            errors.AddRange(FlowFigures.OfSpectrum(iterate, point, analysis));
        }
        else
        {
            errors.AddRange(TrainingFigures.Of(iterate, Evaluate(iterate.Parameters, _bits), point, analysis));
        }

        if (StepAt(index) is not (var from, var recorded))
            return new CheckedIterate(index, iterate.Iteration, iterate.Time, _bits, errors, double.NaN, Verdict.Undecided);

        (EnclosedSystem system, SolutionEnclosure solution, int bits) = Enclose(from, iterate);
        EnclosedPoint start = _equations.Penalized(Evaluate(from, bits), iterate);
        double smallest = solution.SmallestEigenvalue is { Sign: > 0 } bound ? BelowNorm.RoundDown(bound) : 0;
        CertifiedError step = AddStep(errors, recorded, iterate, start, system, solution, smallest);
        if (_run.Kind == RunKind.Flow) errors.AddRange(FlowFigures.OfRiemannianGradient(iterate, start, solution, analysis, step.AbsoluteBound));
        else errors.AddRange([.. ResidualCurvatureFigure.Of(iterate, Evaluate(from, bits), _equations, _promise), .. TrainingFigures.OfGain(iterate, start, WholeStep(from, iterate, point), _promise), .. new EvidenceFigures(_run, _equations, _promise, Evaluate, _bits).At(index)]);
        return new CheckedIterate(index, iterate.Iteration, iterate.Time, bits, errors, smallest, smallest > 0 ? Verdict.Proved : Verdict.Undecided);
    }

    /// <summary>Where the whole of a step leads, with its penalty.</summary>
    private EnclosedPoint WholeStep(double[] from, RecordedIterate iterate, EnclosedPoint end) => iterate.Inexact is { Share: > 1 }
        ? _equations.Penalized(_equations.Evaluate(TrainingEquations.Moved(from, iterate.Step, share: 1), _bits), iterate)
        : end;

    /// <summary>Adds what the recorded step leaves of its equations and, unless it is inexact by intention, its distance from the exact one.</summary>
    private CertifiedError AddStep(
        List<CertifiedError> errors, double[] recorded, RecordedIterate iterate, EnclosedPoint start, EnclosedSystem system, SolutionEnclosure solution, double smallest)
    {
        Dyadic[] exact = [.. recorded.Select(Dyadic.FromDouble)];
        Dyadic[] difference = SolutionEnclosure.Residual(system, exact);
        if (iterate.Inexact is { } inexact) difference = [.. difference.Zip(inexact.Remainder, (entry, said) => entry - Dyadic.FromDouble(said))];
        Magnitude left = Norms.Euclidean(difference), size = Norms.Euclidean(exact), right = Norms.Euclidean(system.Right);
        CertifiedError residual = CertifiedError.Of(
            iterate.Inexact is not null ? CheckedQuantity.Remainder : _promise.IsInexact ? CheckedQuantity.InexactStepResidual : CheckedQuantity.StepResidual,
            left,
            system.RightError + (system.MatrixError * size),
            BelowNorm.MagnitudeOf(right, system.RightError),
            _promise.Residual(start, system, iterate, size.ToDouble()));
        if (_promise.IsInexact)
        {
            // Conjugate gradients may also end because they took too long: more is left then, and nothing is broken.
            errors.Add(residual with { AtLeast = 0 });
            return residual with { AbsoluteBound = double.PositiveInfinity };
        }

        errors.Add(residual);
        // How far from the exact step it is follows from the remainder, and nothing is promised.
        if (iterate.Inexact is not null) return residual with { AbsoluteBound = double.PositiveInfinity };
        Magnitude solutionSize = Norms.Euclidean(solution.Approximation);
        double promised = smallest == 0 ? double.PositiveInfinity : _promise.Residual(start, system, iterate, solutionSize.ToDouble()) / smallest;
        CertifiedError step = CertifiedError.Of(
            iterate.CurvatureRows.Count > 0 || iterate.CurvatureInSinglePrecision ? CheckedQuantity.ApproximateStep : CheckedQuantity.Step,
            Norms.Distance(recorded, solution.Approximation),
            solution.Distance,
            BelowNorm.MagnitudeOf(solutionSize, solution.Distance),
            promised);
        errors.Add(step);
        return step;
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

    private static void AddComputed(List<CertifiedError> errors, EnclosedPoint point, RoundingAnalysis analysis, ComputedValues computed)
    {
        Magnitude[] widths = [.. point.Outputs.Values.Select(_ => point.Outputs.Error)];
        double rounding = Math.Sqrt(analysis.Outputs.Sum(error => error * error));
        if (computed.Outputs is { } outputs) errors.Add(Vector(CheckedQuantity.Outputs, outputs, point.Outputs.Values, widths, rounding));
        if (computed.Scores is { } scores) errors.Add(Vector(CheckedQuantity.Scores, scores, point.Outputs.Values, widths, rounding + (HalfUnitOfSingle * Norms.Euclidean(point.Outputs.Values).ToDouble())));

        if (computed.Leverages is not null) errors.Add(LeverageFigure.Of(computed, point));
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
        return CertifiedError.Of(quantity, Norms.Distance(computed, exact), width, BelowNorm.MagnitudeOf(Norms.Euclidean(exact), width), promised);
    }
}
