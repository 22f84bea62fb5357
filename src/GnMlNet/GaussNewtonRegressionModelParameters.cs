using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;
using GnMlNet.ModelFile;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace GnMlNet;

/// <summary>
/// Model parameters of <see cref="GaussNewtonRegressionTrainer"/>: an ensemble of networks, or the network y(x) = v_0 + sum_i v_i sigma(b_i + w_i . x),
/// in the units of the data, and how training went. Immutable.
/// </summary>
public sealed class GaussNewtonRegressionModelParameters : ModelParametersBase<float>, IValueMapper, ISchemaBindableMapper
{
    internal const string LoaderSignature = "GaussNewtonRegression";

    private readonly TrainedModel _model;

    internal GaussNewtonRegressionModelParameters(IHostEnvironment environment, TrainedModel model)
        : base(environment, LoaderSignature) => _model = model;

    // ML.NET finds this constructor by its parameters when it loads a saved model.
    internal GaussNewtonRegressionModelParameters(IHostEnvironment environment, ModelLoadContext context)
        : base(environment, LoaderSignature, context)
    {
        context.CheckVersionInfo(GetVersionInfo());
        _model = ModelPayload.Read(context.Reader, Host);
    }

    /// <summary>The trained ensemble, or null where a single network was trained.</summary>
    public NetworkEnsemble? Ensemble => _model.Ensemble;

    /// <summary>The trained network. Of an ensemble there is no single one, nor single weights below: see <see cref="Ensemble"/>.</summary>
    /// <exception cref="InvalidOperationException">The model is an ensemble.</exception>
    public Network Network => _model.Network ?? throw Host.Except($"The model is an ensemble of {Ensemble!.Members.Count} networks, which its property {nameof(Ensemble)} has; set the option {nameof(Ensemble)} to 1 to train a single one.");

    /// <summary>d, the number of features.</summary>
    public int InputSize => _model.Shape.InputSize;

    /// <summary>m, the number of hidden units of each network.</summary>
    public int NumberOfHiddenUnits => _model.Shape.HiddenSize;

    /// <summary>sigma, the activation function of the hidden units.</summary>
    public Activation Activation => _model.Activation;

    /// <summary>The hidden weights w, m x d, unit by unit.</summary>
    public ReadOnlySpan<double> HiddenWeights => Network.HiddenWeights;

    /// <summary>The m hidden biases b; zeros in a network without biases.</summary>
    public ReadOnlySpan<double> HiddenBiases => Network.HiddenBiases;

    /// <summary>The m output weights v.</summary>
    public ReadOnlySpan<double> OutputWeights => Network.OutputWeights;

    /// <summary>The output bias v_0; 0 in a network without biases.</summary>
    public double OutputBias => Network.OutputBias;

    /// <summary>The name of the label column that the model was trained on.</summary>
    public string LabelColumnName => _model.LabelColumnName;

    /// <summary>Why training ended.</summary>
    public Termination Termination => _model.Termination;

    /// <summary>In which form the steps of training were computed, and why.</summary>
    public StepFormChoice StepForm => _model.StepForm;

    /// <summary>The iterations of training, from the starting point on, in standardized units.</summary>
    public IReadOnlyList<TrainingIteration> TrainingHistory => _model.History;

    /// <summary>
    /// The network as the paper writes it, y(x) = alpha (phi(x; w) - phi(x; w_init)), where it was trained by the paper's flow (<see cref="GaussNewtonRegressionTrainer.Options.Flow"/>);
    /// null otherwise. <see cref="Network"/> is the same function with 2 m units.
    /// </summary>
    public NullifiedNetwork? NullifiedNetwork => _model.Nullified;

    /// <summary>The quantities of the theory along the paper's flow, or null where the network was not trained by it; <see cref="TrainingHistory"/> is empty then.</summary>
    public Trajectory? Trajectory => _model.Trajectory;

    /// <summary>Which iteration of <see cref="TrainingHistory"/> the network is from.</summary>
    public int BestIteration => _model.BestIteration;

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.Regression;

    DataViewType IValueMapper.InputType => new VectorDataViewType(NumberDataViewType.Single, InputSize);

    DataViewType IValueMapper.OutputType => NumberDataViewType.Single;

    ValueMapper<TSource, TDestination> IValueMapper.GetMapper<TSource, TDestination>()
    {
        Host.Check(typeof(TSource) == typeof(VBuffer<float>) && typeof(TDestination) == typeof(float), "The network maps vectors of float to float.");
        // Each cursor has a mapper of its own, so the buffer is never shared.
        var dense = new float[InputSize];
        ValueMapper<VBuffer<float>, float> map = (in VBuffer<float> features, ref float score) =>
        {
            features.CopyTo(dense);
            score = (float)_model.Predict(dense);
        };
        return (ValueMapper<TSource, TDestination>)(Delegate)map;
    }

    ISchemaBoundMapper ISchemaBindableMapper.Bind(IHostEnvironment environment, RoleMappedSchema schema) => new ScoreMapper(this, _model, schema);

    /// <inheritdoc/>
    protected override void SaveCore(ModelSaveContext ctx)
    {
        base.SaveCore(ctx);
        ctx.SetVersionInfo(GetVersionInfo());
        ModelPayload.Write(ctx.Writer, _model);
    }

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "GNREGRES",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(GaussNewtonRegressionModelParameters).Assembly.FullName,
        loaderSignature: LoaderSignature);
}
