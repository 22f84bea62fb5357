using GnMlNet.Reference.Networks;

namespace GnMlNet.Reference.Traces;

/// <summary>A run as a trace file tells it (docs/trace-file.md): plain numbers, checked for shape and finiteness when read.</summary>
public sealed record RecordedRun
{
    /// <summary>What kind of run.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>d.</summary>
    public required int Inputs { get; init; }

    /// <summary>m.</summary>
    public required int HiddenUnits { get; init; }

    /// <summary>Whether hidden units and output have biases.</summary>
    public required bool Biases { get; init; }

    /// <summary>Whether output weights and bias are trained.</summary>
    public required bool TrainsOutputLayer { get; init; }

    /// <summary>sigma.</summary>
    public required Sigmoid Activation { get; init; }

    /// <summary>How steps were computed.</summary>
    public SystemForm Form { get; init; }

    /// <summary>lambda of a training run, else 0.</summary>
    public double Penalty { get; init; }

    /// <summary>Whether evidence adapts the penalties of a training run.</summary>
    public bool AdaptsPenalties { get; init; }

    /// <summary>Whether a training run may take its curvature from some of the rows.</summary>
    public bool SamplesCurvature { get; init; }

    /// <summary>When steps of a training run are inexact ones.</summary>
    public InexactSteps InexactSteps { get; init; }

    /// <summary>What the row weights of a training run summed to before they were divided by their sum.</summary>
    public double TotalWeight { get; init; } = 1;

    /// <summary>alpha of a flow, else 1.</summary>
    public double ScalingFactor { get; init; } = 1;

    /// <summary>rho of a flow, else 0.</summary>
    public double Damping { get; init; }

    /// <summary>How a flow was integrated: "Euler", "RungeKutta4" or "DormandPrince"; else empty.</summary>
    public string Scheme { get; init; } = "";

    /// <summary>The time step of a flow with fixed steps.</summary>
    public double TimeStep { get; init; }

    /// <summary>The time at which a flow was to end.</summary>
    public double Duration { get; init; }

    /// <summary>The time from one recorded point of a flow to the next; 0 where every step was recorded.</summary>
    public double RecordingInterval { get; init; }

    /// <summary>Whether a flow went on with a pseudoinverse where its matrix was rank-deficient.</summary>
    public bool ContinuesAfterRankLoss { get; init; }

    /// <summary>c of a flow, m numbers, else empty.</summary>
    public double[] Signs { get; init; } = [];

    /// <summary>w_init of a flow, m x d numbers, else empty.</summary>
    public double[] InitialWeights { get; init; } = [];

    /// <summary>The rows in the order of the run.</summary>
    public required IReadOnlyList<RecordedRow> Rows { get; init; }

    /// <summary>The iterates in the order of the run.</summary>
    public required IReadOnlyList<RecordedIterate> Iterates { get; init; }

    /// <summary>The SHA-256 hash of the trace that the run was read from, 64 hexadecimal digits; empty where there was none.</summary>
    public string TraceHash { get; init; } = "";

    /// <summary>Where each weight stands; a flow trains hidden weights alone.</summary>
    internal ParameterLayout Layout => new(Inputs, HiddenUnits, Biases, TrainsOutputLayer && Kind == RunKind.Training);

    /// <summary>The length of the parameters of an iterate: the signs of a flow are none of them.</summary>
    internal long ParameterCount => Kind == RunKind.Flow ? Layout.HiddenCount : Layout.TotalCount;

    /// <summary>What is recorded with an iterate: the step that led to it, or the direction at it; empty where there is none.</summary>
    internal double[] StepOf(RecordedIterate iterate) => Kind == RunKind.Flow ? iterate.Direction : iterate.Step;
}
