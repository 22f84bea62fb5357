using GnMlNet.Core.Data;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;
using GnMlNet.ModelFile;
using GnMlNet.Models;
using GnMlNet.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace GnMlNet;

/// <summary>
/// Model parameters of <see cref="GaussNewtonRegressionTrainer"/>: an ensemble of networks, or the network y(x) = v_0 + sum_i v_i sigma(b_i + w_i . x),
/// in the units of the data, and how training went. Immutable.
/// </summary>
public sealed class GaussNewtonRegressionModelParameters : ModelParametersBase<float>, IValueMapper, IBindableCanSaveOnnx
{
    internal const string LoaderSignature = "GaussNewtonRegression";

    internal GaussNewtonRegressionModelParameters(IHostEnvironment environment, TrainedModel model)
        : base(environment, LoaderSignature) => Trained = model;

    // ML.NET finds this constructor by its parameters when it loads a saved model.
    internal GaussNewtonRegressionModelParameters(IHostEnvironment environment, ModelLoadContext context)
        : base(environment, LoaderSignature, context)
    {
        context.CheckVersionInfo(GetVersionInfo());
        Trained = ModelPayload.Read(context.Reader, Host);
    }

    /// <summary>What the model file holds.</summary>
    internal TrainedModel Trained { get; }

    /// <summary>What predictions are made of: the members of <see cref="Ensemble"/>; or a single one, a network in the units of the data, where one network was trained.</summary>
    public IReadOnlyList<EnsembleMember> Members => Trained.Members;

    /// <summary>The trained ensemble, or null where a single network was trained.</summary>
    public NetworkEnsemble? Ensemble => (Trained as EnsembleModel)?.Ensemble;

    /// <summary>d, the number of features.</summary>
    public int InputSize => Trained.InputSize;

    /// <summary>The name of the label column that the model was trained on.</summary>
    public string LabelColumnName => Trained.Training.LabelColumnName;

    /// <summary>What labels can be at all (<see cref="GaussNewtonRegressionTrainer.Options.LowerBound"/> and its twin): <c>Score</c>, <c>Lower</c> and <c>Upper</c> are confined to it. <see cref="LabelBounds.None"/> where nothing was said.</summary>
    public LabelBounds Bounds => Trained.Bounds;

    /// <summary>Why training ended.</summary>
    public Termination Termination => Trained.Training.Termination;

    /// <summary>In which form the steps of training were computed, and why.</summary>
    public StepFormChoice StepForm => Trained.Training.StepForm;

    /// <summary>The iterations of training, from the starting point on, in standardized units.</summary>
    public IReadOnlyList<TrainingIteration> TrainingHistory => Trained.Training.History;

    /// <summary>
    /// The network as the paper writes it, y(x) = alpha (phi(x; w) - phi(x; w_init)), where it was trained by the paper's flow (<see cref="GaussNewtonRegressionTrainer.Options.Flow"/>);
    /// null otherwise. The network in <see cref="Members"/> is the same function with 2 m units.
    /// </summary>
    public NullifiedNetwork? NullifiedNetwork => (Trained as FlowModel)?.Nullified;

    /// <summary>The quantities of the theory along the paper's flow, or null where the network was not trained by it; <see cref="TrainingHistory"/> is empty then.</summary>
    public Trajectory? Trajectory => (Trained as FlowModel)?.Trajectory;

    /// <summary>Which iteration of <see cref="TrainingHistory"/> the network is from.</summary>
    public int BestIteration => Trained.Training.BestIteration;

    /// <summary>
    /// The exact derivatives of <c>Score</c> by every feature, in units of the label per unit of the feature, with what must be said where there is none
    /// (<see cref="NetworkEnsemble.Slopes"/>).
    /// </summary>
    /// <param name="features">A number for each feature; one that is missing (NaN) or infinite leaves all features without a slope.</param>
    /// <param name="categories">Which features are the indicators of categorical columns, by which there is no derivative; null for none.</param>
    /// <returns>One for each feature.</returns>
    /// <exception cref="ArgumentException">The number of features is not <see cref="InputSize"/>.</exception>
    public Slope[] Slopes(ReadOnlySpan<double> features, IReadOnlyList<CategoryRange>? categories = null) => Trained.AsEnsemble.Slopes(features, categories);

    /// <summary>The exact derivatives of <c>Score</c> by every feature, as of <see cref="Slopes(ReadOnlySpan{double}, IReadOnlyList{CategoryRange})"/>, none of which is an indicator.</summary>
    /// <param name="features">A number for each feature.</param>
    /// <exception cref="ArgumentException">The number of features is not <see cref="InputSize"/>.</exception>
    public Slope[] Slopes(ReadOnlySpan<float> features)
    {
        var wide = new double[features.Length];
        for (int k = 0; k < wide.Length; k++) wide[k] = features[k];
        return Slopes(wide);
    }

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
            Host.Check(features.Length == dense.Length, "A row has another number of features than the model takes.");
            features.CopyTo(dense);
            score = (float)Trained.Predict(dense);
        };
        return (ValueMapper<TSource, TDestination>)(Delegate)map;
    }

    ISchemaBoundMapper ISchemaBindableMapper.Bind(IHostEnvironment environment, RoleMappedSchema schema) => new ScoreMapper(this, Trained, schema);

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => true;

    bool IBindableCanSaveOnnx.SaveAsOnnx(OnnxContext ctx, RoleMappedSchema schema, string[] outputNames)
    {
        // Where a step before this one could not be exported, there are no features.
        string features = schema.Feature!.Value.Name;
        if (!ctx.ContainsColumn(features)) return false;
        ModelGraph.Write(ctx, Trained, features, outputNames, LoaderSignature);
        return true;
    }

    /// <inheritdoc/>
    protected override void SaveCore(ModelSaveContext ctx)
    {
        base.SaveCore(ctx);
        ctx.SetVersionInfo(GetVersionInfo());
        ModelPayload.Write(ctx.Writer, Trained);
    }

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "GNREGRES",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(GaussNewtonRegressionModelParameters).Assembly.FullName,
        loaderSignature: LoaderSignature);
}
