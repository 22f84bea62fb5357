using System.Text.Json.Nodes;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Certificates;

/// <summary>Certificates as JSON (docs/certificates.md): exact numbers as <c>mantissa*2^exponent</c>, doubles with all their digits.</summary>
public static class CertificateFile
{
    /// <summary>What the file calls itself.</summary>
    public const string Format = "gnmlnet-step-certificate";

    private const int Version = 3;
    private const int FewestBits = 64, MostBits = 1 << 13;

    // Products of doubles and their quotients stay far within.
    private const long GreatestExponent = 1 << 14;

    // Of the Jacobian and of the matrix of the step; beyond it a check would take hours and all memory.
    private const long MostEntries = 1 << 24;

    /// <summary>The text of a certificate file.</summary>
    public static string Write(StepCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var file = new JsonObject
        {
            ["format"] = Format,
            ["version"] = Version,
            ["trace"] = certificate.Run.TraceHash,
            ["inputs"] = RowsHash.Of(certificate.Run),
            ["certificate"] = new JsonObject
            {
                ["run"] = RunParts(certificate.Run),
                ["place"] = certificate.Place,
                ["bits"] = certificate.Bits,
                ["approximation"] = new JsonArray([.. certificate.Approximation.Select(entry => (JsonNode)entry.ToString())]),
                ["smallestEigenvalue"] = certificate.SmallestEigenvalue.ToString(),
                ["distance"] = certificate.Distance.ToString(),
                ["error"] = certificate.Error.ToString(),
            },
        };
        return file.ToJsonString();
    }

    /// <summary>Reads a certificate. Sizes are held against what is there before anything is made of them.</summary>
    /// <param name="text">The text of a certificate file.</param>
    /// <exception cref="FormatException">The text is no certificate, or its parts do not fit together; the message says in one line what.</exception>
    public static StepCertificate Read(string text)
    {
        JsonMembers file = JsonMembers.Parse(text, "certificate");
        if (file.Text("format") != Format) throw file.Error("format", $"must be '{Format}': this is not a certificate");
        if (file.Whole("version") != Version) throw file.Error("version", FormattableString.Invariant($"is {file.Whole("version")}; this program reads version {Version}"));
        string trace = Hash(file, "trace"), inputs = Hash(file, "inputs");
        JsonMembers content = file.Part("certificate");
        file.End();

        RecordedRun run = Run(content.Part("run"), trace);
        if (RowsHash.Of(run) != inputs) throw file.Error("inputs", "is not the hash of its rows");
        int place = content.Whole("place"), bits = content.Whole("bits");
        if (place < run.Iterates.Count - 1) throw content.Error("place", "is no iterate that a step is recorded with");
        if (bits is < FewestBits or > MostBits) throw content.Error("bits", FormattableString.Invariant($"is {bits}; it must be from {FewestBits} to {MostBits}"));
        var certificate = new StepCertificate
        {
            Run = run,
            Place = place,
            Bits = bits,
            Approximation = content.Exacts("approximation", GreatestExponent),
            SmallestEigenvalue = content.Exact("smallestEigenvalue", GreatestExponent),
            Distance = content.Exact("distance", GreatestExponent),
            Error = content.Exact("error", GreatestExponent),
        };
        content.End();
        Need(content, "approximation", certificate.Approximation.Count, run.Layout.TrainedCount);
        if (certificate.SmallestEigenvalue.Sign <= 0) throw content.Error("smallestEigenvalue", "must be positive");
        if (certificate.Distance.Sign < 0) throw content.Error("distance", "must not be negative");
        if (certificate.Error.Sign < 0) throw content.Error("error", "must not be negative");
        return certificate;
    }

    /// <summary>The parts of a run that a step depends on, by name.</summary>
    internal static JsonObject RunParts(RecordedRun run)
    {
        bool isFlow = run.Kind == RunKind.Flow;
        var parts = new JsonObject
        {
            ["kind"] = isFlow ? "Flow" : "Training",
            ["inputs"] = run.Inputs,
            ["hiddenUnits"] = run.HiddenUnits,
            ["biases"] = run.Biases,
            ["activation"] = run.Activation.ToString(),
        };
        if (isFlow)
        {
            parts["scalingFactor"] = run.ScalingFactor;
            parts["damping"] = run.Damping;
            parts["signs"] = List(run.Signs);
            parts["initialWeights"] = List(run.InitialWeights);
        }
        else
        {
            parts["trainsOutputLayer"] = run.TrainsOutputLayer;
            parts["penalty"] = run.Penalty;
        }

        parts["rows"] = new JsonArray([.. run.Rows.Select(row => (JsonNode)new JsonObject { ["x"] = List(row.X), ["y"] = row.Y, ["weight"] = row.Weight })]);
        RecordedIterate from = run.Iterates[0], step = run.Iterates[^1];
        JsonObject start = isFlow ? new() { ["iteration"] = from.Iteration } : new() { ["start"] = from.Start, ["iteration"] = from.Iteration };
        start["parameters"] = List(from.Parameters);
        if (isFlow) start["direction"] = List(step.Direction);
        parts["iterates"] = isFlow ? new JsonArray(start) : new JsonArray(start, StepParts(step));
        return parts;
    }

    private static JsonObject StepParts(RecordedIterate step) => new()
    {
        ["start"] = step.Start,
        ["iteration"] = step.Iteration,
        ["damping"] = step.Damping,
        ["metric"] = List(step.Metric),
        ["penalties"] = List(step.Penalties),
        ["step"] = List(step.Step),
        ["curvatureRows"] = new JsonArray([.. step.CurvatureRows.Select(range => (JsonNode)new JsonArray(range.First, range.End))]),
        ["curvatureInSinglePrecision"] = step.CurvatureInSinglePrecision,
        ["residualCurvature"] = List(step.Inexact?.ResidualCurvature ?? []),
    };

    private static JsonArray List(IEnumerable<double> numbers) => new([.. numbers.Select(number => (JsonNode)number)]);

    private static RecordedRun Run(JsonMembers parts, string trace)
    {
        RunKind kind = parts.OneOf("kind", ("Training", RunKind.Training), ("Flow", RunKind.Flow));
        bool isFlow = kind == RunKind.Flow;
        var run = new RecordedRun
        {
            TraceHash = trace,
            Kind = kind,
            Inputs = Size(parts, "inputs"),
            HiddenUnits = Size(parts, "hiddenUnits"),
            Biases = parts.Flag("biases"),
            TrainsOutputLayer = !isFlow && parts.Flag("trainsOutputLayer"),
            Activation = parts.OneOf("activation", ("Tanh", Sigmoid.Tanh), ("Logistic", Sigmoid.Logistic)),
            Penalty = isFlow ? 0 : NotNegative(parts, "penalty"),
            ScalingFactor = isFlow ? Positive(parts, "scalingFactor") : 1,
            Damping = isFlow ? NotNegative(parts, "damping") : 0,
            Signs = isFlow ? parts.Numbers("signs") : [],
            InitialWeights = isFlow ? parts.Numbers("initialWeights") : [],
            Rows = [],
            Iterates = [],
        };
        JsonMembers[] rows = parts.Parts("rows"), iterates = parts.Parts("iterates");
        parts.End();
        if (isFlow && run.Biases) throw parts.Error("biases", "must be false for a flow");
        if (run.Damping > 1) throw parts.Error("damping", "must be at most 1");
        if (isFlow) Need(parts, "signs", run.Signs.Length, run.HiddenUnits);
        if (run.Signs.Any(sign => Math.Abs(sign) != 1)) throw parts.Error("signs", "must be 1 or -1");
        if (isFlow) Need(parts, "initialWeights", run.InitialWeights.Length, run.ParameterCount);
        Need(parts, "iterates", iterates.Length, isFlow ? 1 : 2);
        if (rows.Length == 0) throw parts.Error("rows", "is empty");

        long trained = run.Layout.TrainedCount, order = isFlow ? Math.Min(rows.Length, trained) : trained;
        RecordedIterate from = Start(iterates[0], run);
        run = run with { Rows = [.. rows.Select(row => Row(row, run.Inputs))], Iterates = isFlow ? [from] : [from, Step(iterates[1], run, rows.Length)] };
        if (rows.Length * trained > MostEntries || order * order > MostEntries)
            throw new FormatException(FormattableString.Invariant($"{rows.Length} rows and {trained} parameters are more than a certificate is checked for: at most {MostEntries} entries in a matrix."));
        return run;
    }

    private static RecordedRow Row(JsonMembers parts, int inputs)
    {
        var row = new RecordedRow(parts.Numbers("x"), parts.Number("y"), Positive(parts, "weight"));
        parts.End();
        Need(parts, "x", row.X.Length, inputs);
        return row;
    }

    private static RecordedIterate Start(JsonMembers parts, RecordedRun run)
    {
        bool isFlow = run.Kind == RunKind.Flow;
        var iterate = new RecordedIterate
        {
            Start = isFlow ? 0 : Count(parts, "start"),
            Iteration = Count(parts, "iteration"),
            Parameters = parts.Numbers("parameters"),
            Direction = isFlow ? parts.Numbers("direction") : [],
        };
        parts.End();
        Need(parts, "parameters", iterate.Parameters.Length, run.ParameterCount);
        if (isFlow) Need(parts, "direction", iterate.Direction.Length, run.Layout.TrainedCount);
        return iterate;
    }

    private static RecordedIterate Step(JsonMembers parts, RecordedRun run, int rowCount)
    {
        long trained = run.Layout.TrainedCount;
        var step = new RecordedIterate
        {
            Start = Count(parts, "start"),
            Iteration = Count(parts, "iteration"),
            Parameters = [],
            Damping = NotNegative(parts, "damping"),
            Metric = parts.Numbers("metric"),
            Penalties = parts.Numbers("penalties"),
            Step = parts.Numbers("step"),
            CurvatureRows = parts.Ranges("curvatureRows"),
            CurvatureInSinglePrecision = parts.Flag("curvatureInSinglePrecision"),
        };
        double[] curvature = parts.Numbers("residualCurvature");
        parts.End();
        if (curvature.Length > 0)
        {
            if (!run.Biases || !run.TrainsOutputLayer || step.CurvatureRows.Count > 0) throw parts.Error("residualCurvature", "needs biases, a trained output layer and the curvature of all rows");
            Need(parts, "residualCurvature", curvature.Length, RecordedInexactStep.CurvatureCount(run.Inputs, run.HiddenUnits));
            step = step with { Inexact = new RecordedInexactStep { Share = 1, Remainder = [], ResidualCurvature = curvature } };
        }

        Need(parts, "metric", step.Metric.Length, trained);
        if (step.Penalties.Length > 0) Need(parts, "penalties", step.Penalties.Length, trained);
        if (step.Penalties.Any(penalty => penalty < 0)) throw parts.Error("penalties", "must not be negative");
        Need(parts, "step", step.Step.Length, trained);
        if (!RowRanges.AreDisjoint(step.CurvatureRows, rowCount) || step.CurvatureRows is [(0, var end)] && end == rowCount)
            throw parts.Error("curvatureRows", FormattableString.Invariant($"is {RowRanges.Text(step.CurvatureRows)}; it must be disjoint ranges of the {rowCount} rows, none for all of them"));
        return step;
    }

    private static string Hash(JsonMembers parts, string name) =>
        parts.Text(name) is { Length: 64 } text && text.All(char.IsAsciiHexDigitLower) ? text : throw parts.Error(name, "must be a SHA-256 hash, 64 hexadecimal digits in lower case");

    private static int Size(JsonMembers parts, string name) => parts.Whole(name) is >= 1 and <= (int)MostEntries and var size ? size : throw parts.Error(name, FormattableString.Invariant($"is {parts.Whole(name)}; it must be from 1 to {MostEntries}"));

    private static int Count(JsonMembers parts, string name) => parts.Whole(name) is >= 0 and var count ? count : throw parts.Error(name, "must not be negative");

    private static double Positive(JsonMembers parts, string name) => parts.Number(name) is > 0 and var value ? value : throw parts.Error(name, "must be positive");

    private static double NotNegative(JsonMembers parts, string name) => parts.Number(name) is >= 0 and var value ? value : throw parts.Error(name, "must not be negative");

    private static void Need(JsonMembers parts, string name, long found, long needed)
    {
        if (found != needed) throw parts.Error(name, FormattableString.Invariant($"does not fit together with the sizes: it has {found} entries, and {needed} are needed"));
    }
}
