using System.Text.Json;
using GnMlNet.Core.Data;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Traces;

/// <summary>
/// Writes down a run so completely that it can be replayed and checked by another program: settings, rows, signs and initial weights, then every iterate with its step.
/// JSON Lines, one object a line, numbers with all their digits; docs/trace-file.md describes the format, version 3.
/// It is the recorder of <see cref="TrainingControl.Recorder"/> or, for the paper's flow, of <see cref="FlowControl.Recorder"/>; a writer serves one run.
/// </summary>
public sealed class TraceWriter : ITrainingRecorder, IFlowRecorder, IDisposable
{
    private const int Version = 3;

    private readonly Stream _stream;
    private readonly Utf8JsonWriter _json;
    private bool _hasBegun;

    /// <summary>Makes a writer.</summary>
    /// <param name="stream">Where the trace goes; stays open.</param>
    public TraceWriter(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        // Every line is a value of its own.
        _json = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true });
    }

    /// <summary>The names of the features, in order; empty where they have none.</summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = [];

    /// <summary>The name of the label, or nothing.</summary>
    public string LabelName { get; init; } = "";

    /// <summary>The scales that features and label had when they were standardized before the run, or null where they were not or the run does it itself.</summary>
    public Standardization? Scales { get; init; }

    /// <summary>
    /// Whether the condition number and the effective rank (trace / largest eigenvalue) of J^T W J are written for every step; costs an eigenvalue decomposition each.
    /// </summary>
    public bool WithSpectrum { get; init; }

    /// <summary>The condition number that was written last, or NaN where there was none.</summary>
    public double Condition { get; private set; } = double.NaN;

    /// <summary>The effective rank that was written last, or NaN where there was none.</summary>
    public double EffectiveRank { get; private set; } = double.NaN;

    /// <summary>Writes out what is still buffered.</summary>
    public void Dispose() => _json.Dispose();

    bool IFlowRecorder.WantsSpectrum => WithSpectrum;

    void ITrainingRecorder.Begin(BlockedRows rows, Standardization? units, NetworkShape shape, TrainingOptions options, StepFormChoice form, InexactPhase inexact)
    {
        BeginHeader("training", shape, options.Run.Activation);
        _json.WriteBoolean("trainsOutputLayer", options.TrainOutputLayer);
        _json.WriteNumber("penalty", options.Penalty);
        _json.WriteBoolean("adaptPenalty", options.AdaptPenalty);
        _json.WriteNumber("totalWeight", rows.TotalWeight);
        _json.WriteNumber("seed", options.Run.Seed);
        _json.WriteNumber("starts", options.Starts);
        _json.WriteNumber("maximumIterations", options.MaximumIterations);
        _json.WriteBoolean("approximateCurvature", options.ApproximateCurvature);
        _json.WriteString("inexactSteps", inexact.ToString());
        _json.WriteString("stepForm", form.Form.ToString());
        EndHeader(units ?? Scales);
        WriteRows(rows.Blocks, shape.InputSize);
    }

    void IFlowRecorder.Begin(RegressionData rows, SignedInitialization initial, FlowOptions options, int seed)
    {
        BeginHeader("flow", initial.Shape, initial.Activation);
        _json.WriteNumber("scalingFactor", options.ScalingFactor);
        _json.WriteNumber("damping", options.Damping);
        _json.WriteString("scheme", options.Scheme.ToString());
        _json.WriteNumber("timeStep", options.TimeStep);
        _json.WriteNumber("duration", options.Duration);
        _json.WriteNumber("tolerance", options.Tolerance);
        _json.WriteNumber("recordingInterval", options.RecordingInterval);
        _json.WriteBoolean("continueAfterRankLoss", options.ContinueAfterRankLoss);
        _json.WriteNumber("seed", seed);
        _json.WriteString("stepForm", options.Form.ToString());
        WriteVector("signs", initial.Signs);
        WriteVector("initialWeights", initial.Weights);
        EndHeader(Scales);
        WriteRows(rows.Blocks, initial.Shape.InputSize);
    }

    void ITrainingRecorder.Record(TrainingIteration iteration, ReadOnlySpan<double> parameters, LevenbergMarquardtStep step, CurvatureSample sample, InexactStep? inexact, ReadOnlySpan<double> penalties, Evidence? evidence, ReadOnlySpan<double> evidenceMatrix)
    {
        _json.WriteStartObject();
        _json.WriteNumber("start", iteration.Start);
        _json.WriteNumber("iteration", iteration.Iteration);
        WriteIfFinite("loss", iteration.Loss);
        WriteIfFinite("meanSquaredError", iteration.MeanSquaredError);
        WriteIfFinite("validationError", iteration.ValidationError);
        WriteIfFinite("gradientNorm", iteration.GradientNorm);
        if (iteration.Iteration > 0)
        {
            _json.WriteNumber("damping", iteration.Damping);
            WriteIfFinite("gainRatio", iteration.GainRatio);
            _json.WriteNumber("rejectedSteps", iteration.RejectedSteps);
            WriteRanges("curvatureRows", sample.Rows, iteration.CurvatureRows);
            _json.WriteBoolean("curvatureInSinglePrecision", iteration.CurvatureInSinglePrecision);
            if (WithSpectrum) WriteSpectrum(step.CurvatureEigenvalues());
            WriteVector("metric", step.Metric);
            WriteVector("step", step.Direction);
            if (inexact is not null) WriteInexact(inexact, step, evidence is not null);
        }

        if (evidence is not null)
        {
            _json.WriteNumber("noisePrecision", evidence.NoisePrecision);
            WriteVector("precisions", evidence.Precisions);
            WriteVector("penalties", penalties);
            if (!evidenceMatrix.IsEmpty) WriteVector("evidenceMatrix", evidenceMatrix);
        }

        WriteVector("parameters", parameters);
        EndLine();
    }

    private void WriteInexact(InexactStep inexact, LevenbergMarquardtStep step, bool hasEvidence)
    {
        _json.WriteNumber("share", inexact.Share);
        WriteVector("remainder", step.System.Remainder);
        WriteVector("residualCurvature", inexact.Curvature);
        // Until there is one.
        if (hasEvidence && inexact.InverseAge < int.MaxValue) _json.WriteNumber("inverseAge", inexact.InverseAge);
        _json.WriteStartArray("rejectedDirections");
        foreach (double[] direction in inexact.RejectedDirections) WriteNumbers(direction);
        _json.WriteEndArray();
    }

    void IFlowRecorder.Record(FlowPoint point, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, double[]? eigenvalues)
    {
        _json.WriteStartObject();
        _json.WriteNumber("time", point.Time);
        _json.WriteNumber("steps", point.Steps);
        _json.WriteNumber("stepSize", point.StepSize);
        WriteIfFinite("loss", point.Loss);
        WriteIfFinite("distance", point.Distance);
        WriteIfFinite("outputGradientNorm", point.OutputGradientNorm);
        WriteIfFinite("riemannianGradientNorm", point.RiemannianGradientNorm);
        WriteIfFinite("dissipationDefect", point.DissipationDefect);
        WriteIfFinite("smallestEigenvalue", point.SmallestEigenvalue);
        WriteIfFinite("largestEigenvalue", point.LargestEigenvalue);
        if (WithSpectrum) WriteSpectrum(eigenvalues);
        // Where H is rank-deficient there is no direction.
        if (double.IsFinite(point.RiemannianGradientNorm)) WriteVector("direction", direction);
        WriteVector("parameters", weights);
        EndLine();
    }

    private void BeginHeader(string kind, NetworkShape shape, Activation activation)
    {
        if (_hasBegun) throw new InvalidOperationException("This trace holds a run already; a writer serves one run.");
        _hasBegun = true;
        _json.WriteStartObject();
        _json.WriteString("format", "gnmlnet-trace");
        _json.WriteNumber("version", Version);
        _json.WriteString("kind", kind);
        _json.WriteNumber("inputs", shape.InputSize);
        _json.WriteNumber("hiddenUnits", shape.HiddenSize);
        _json.WriteBoolean("biases", shape.HasBiases);
        _json.WriteString("activation", activation.Name);
        _json.WriteStartArray("features");
        foreach (string name in FeatureNames) _json.WriteStringValue(name);
        _json.WriteEndArray();
        _json.WriteString("label", LabelName);
    }

    private void EndHeader(Standardization? units)
    {
        if (units is not null)
        {
            WriteVector("featureMeans", [.. units.Features.Select(scale => scale.Mean)]);
            WriteVector("featureDeviations", [.. units.Features.Select(scale => scale.Deviation)]);
            _json.WriteNumber("labelMean", units.Label.Mean);
            _json.WriteNumber("labelDeviation", units.Label.Deviation);
        }

        EndLine();
    }

    private void WriteRows(IReadOnlyList<RowBlock> blocks, int inputs)
    {
        var x = new double[inputs];
        int number = 0;
        foreach (RowBlock block in blocks)
        {
            for (int j = 0; j < block.RowCount; j++)
            {
                for (int k = 0; k < inputs; k++) x[k] = block.Column(k)[j];
                _json.WriteStartObject();
                _json.WriteNumber("row", number++);
                WriteVector("x", x);
                _json.WriteNumber("y", block.Labels[j]);
                _json.WriteNumber("weight", block.Weights[j]);
                EndLine();
            }
        }
    }

    /// <summary>Rows first to end (exclusive); two ranges where a sample goes on at row 0.</summary>
    private void WriteRanges(string name, RowSample sample, int rowCount)
    {
        int first = sample.First * RowBlock.Capacity, endBlock = sample.First + sample.Count;
        _json.WriteStartArray(name);
        if (endBlock <= sample.Total)
        {
            WriteRange(first, first + rowCount);
        }
        else
        {
            int wrapped = (endBlock - sample.Total) * RowBlock.Capacity;
            WriteRange(first, first + rowCount - wrapped);
            WriteRange(0, wrapped);
        }

        _json.WriteEndArray();
    }

    private void WriteRange(int first, int end)
    {
        _json.WriteStartArray();
        _json.WriteNumberValue(first);
        _json.WriteNumberValue(end);
        _json.WriteEndArray();
    }

    private void WriteSpectrum(double[]? eigenvalues)
    {
        if (eigenvalues is null) return;
        Condition = eigenvalues[0] > 0 ? eigenvalues[^1] / eigenvalues[0] : double.NaN;
        EffectiveRank = eigenvalues.Sum() / eigenvalues[^1];
        WriteIfFinite("condition", Condition);
        WriteIfFinite("effectiveRank", EffectiveRank);
    }

    private void WriteVector(string name, ReadOnlySpan<double> values)
    {
        _json.WritePropertyName(name);
        WriteNumbers(values);
    }

    private void WriteNumbers(ReadOnlySpan<double> values)
    {
        _json.WriteStartArray();
        foreach (double value in values)
        {
            if (double.IsFinite(value)) _json.WriteNumberValue(value);
            else _json.WriteNullValue();
        }

        _json.WriteEndArray();
    }

    // JSON has no NaN: a figure that is none is left out.
    private void WriteIfFinite(string name, double value)
    {
        if (double.IsFinite(value)) _json.WriteNumber(name, value);
    }

    private void EndLine()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _stream.WriteByte((byte)'\n');
    }
}
