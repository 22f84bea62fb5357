using System.Security.Cryptography;
using System.Text;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;
using GnMlNet.Models;
using Microsoft.ML.Runtime;

namespace GnMlNet.ModelFile;

/// <summary>
/// The bytes of a model inside ML.NET's model file: body length (4 bytes), SHA-256 of the body (32 bytes), body.
/// All numbers are little-endian. docs/model-file.md describes the body.
/// </summary>
internal static class ModelPayload
{
    // A model without bounds is written in the format that knows none, which earlier versions read.
    private const int FormatWithoutBounds = 2;
    private const int FormatVersion = 3;

    // Activations are saved by these numbers, which never change.
    private static readonly Activation[] SavedActivations = [Activation.Tanh, Activation.Logistic];

    internal static void Write(BinaryWriter writer, TrainedModel model)
    {
        byte[] body = WriteBody(model);
        writer.Write(body.Length);
        writer.Write(SHA256.HashData(body));
        writer.Write(body);
    }

    /// <exception cref="FormatException">The payload is damaged, cut short, or of a version that this library does not know.</exception>
    internal static TrainedModel Read(BinaryReader reader, IExceptionContext context)
    {
        try
        {
            int length = reader.ReadInt32();
            byte[] hash = reader.ReadBytes(SHA256.HashSizeInBytes);
            if (length < 0 || length > reader.BaseStream.Length - reader.BaseStream.Position)
                throw context.ExceptDecode("The model is damaged: its payload is longer than the file. Save or copy it again.");

            byte[] body = reader.ReadBytes(length);
            if (!SHA256.HashData(body).AsSpan().SequenceEqual(hash))
                throw context.ExceptDecode("The model is damaged: its SHA-256 does not match. Save or copy it again.");

            return ReadBody(body, context);
        }
        catch (EndOfStreamException)
        {
            throw context.ExceptDecode("The model is damaged: it ends early. Save or copy it again.");
        }
    }

    private static byte[] WriteBody(TrainedModel model)
    {
        var stream = new MemoryStream();
        using var body = new BinaryWriter(stream, Encoding.UTF8);
        Network? first = model.Members.OfType<NetworkMember>().FirstOrDefault()?.Network;
        body.Write(model.Bounds.IsLimited ? FormatVersion : FormatWithoutBounds);
        body.Write(first is null ? 0 : Array.IndexOf(SavedActivations, first.Activation));
        body.Write(model.InputSize);
        body.Write(first?.Shape.HiddenSize ?? 0);
        body.Write(first?.Shape.HasBiases ?? true);
        body.Write(model is EnsembleModel);
        if (model is EnsembleModel { Ensemble: var ensemble }) EnsemblePayload.Write(body, ensemble);
        else foreach (double parameter in first!.Parameters) body.Write(parameter);
        byte[] label = Encoding.UTF8.GetBytes(model.Training.LabelColumnName);
        body.Write(label.Length);
        body.Write(label);
        body.Write((int)model.Training.Termination.Rule);
        body.Write(model.Training.Termination.Value);
        body.Write(model.Training.Termination.Threshold);
        WriteStepForm(body, model.Training.StepForm);
        body.Write(model.Training.BestIteration);
        body.Write(model.Training.History.Count);
        foreach (TrainingIteration iteration in model.Training.History) WriteIteration(body, iteration);
        if (model is FlowModel flow) FlowPayload.Write(body, flow.Trajectory);
        if (model.Bounds.IsLimited)
        {
            body.Write(model.Bounds.Lower);
            body.Write(model.Bounds.Upper);
        }

        body.Flush();
        return stream.ToArray();
    }

    private static TrainedModel ReadBody(byte[] bytes, IExceptionContext context)
    {
        using var body = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        long Remaining() => bytes.Length - body.BaseStream.Position;
        void Check(bool holds, string what)
        {
            if (!holds) throw context.ExceptDecode($"The model is not valid: {what}.");
        }

        int version = body.ReadInt32();
        Check(version is FormatWithoutBounds or FormatVersion, $"its format is {version}; this version of GnMlNet reads formats {FormatWithoutBounds} and {FormatVersion}. {(version < FormatWithoutBounds ? "An earlier one wrote it: train it again" : "A newer one may have written it")}");
        int activation = body.ReadInt32();
        Check(activation >= 0 && activation < SavedActivations.Length, $"activation number {activation}");
        var shape = new NetworkShape(body.ReadInt32(), body.ReadInt32(), body.ReadBoolean());
        bool isEnsemble = body.ReadBoolean();
        // An ensemble may have a kernel block alone.
        Check(shape.InputSize >= 1 && shape.HiddenSize >= (isEnsemble ? 0 : 1), $"{shape.InputSize} inputs and {shape.HiddenSize} hidden units");
        Check(shape.ParameterCount <= Remaining() / sizeof(double), $"{shape.ParameterCount} parameters do not fit into it");
        NetworkEnsemble? ensemble = isEnsemble ? EnsemblePayload.Read(body, shape, SavedActivations[activation], Remaining, Check) : null;
        Network? network = ensemble is null ? ReadNetwork(body, shape, SavedActivations[activation], Check) : null;
        int labelLength = body.ReadInt32();
        Check(labelLength >= 0 && labelLength <= Remaining(), $"a label name of {labelLength} bytes");
        string label = Encoding.UTF8.GetString(body.ReadBytes(labelLength));
        var termination = new Termination((StoppingRule)body.ReadInt32(), body.ReadDouble(), body.ReadDouble());
        Check(Enum.IsDefined(termination.Rule), $"stopping rule number {(int)termination.Rule}");
        StepFormChoice stepForm = ReadStepForm(body);
        Check(Enum.IsDefined(stepForm.Form), $"step form number {(int)stepForm.Form}");
        int bestIteration = body.ReadInt32(), count = body.ReadInt32();
        bool byFlow = termination.Rule == StoppingRule.FlowEnded;
        Check(!byFlow || network is not null, "an ensemble is not trained by a flow");
        Check(byFlow ? count == 0 : count >= 1 && count <= Remaining() / IterationSize && bestIteration >= 0 && bestIteration < count, $"a history of {count} iterations, the best {bestIteration}");
        var history = new TrainingIteration[count];
        for (int i = 0; i < count; i++) history[i] = ReadIteration(body);
        var training = new TrainingRecord(label, termination, stepForm, bestIteration, history);
        FlowModel? flow = byFlow ? FlowPayload.Read(body, network!, training, Remaining, Check) : null;
        LabelBounds bounds = version == FormatWithoutBounds ? LabelBounds.None : ReadBounds(body, Check);
        Check(!byFlow || !bounds.IsLimited, "a flow has no bounds");
        TrainedModel model =
            flow is not null ? flow
            : ensemble is not null ? new EnsembleModel(ensemble.WithBounds(bounds), training)
            : new SingleNetworkModel(network!, bounds, training);
        Check(Remaining() == 0, $"{Remaining()} bytes too many");
        return model;
    }

    private static LabelBounds ReadBounds(BinaryReader body, Action<bool, string> check)
    {
        double lower = body.ReadDouble(), upper = body.ReadDouble();
        check(lower < upper && (double.IsFinite(lower) || double.IsFinite(upper)), $"bounds from {lower} to {upper}");
        return new LabelBounds(lower, upper);
    }

    private static Network ReadNetwork(BinaryReader body, NetworkShape shape, Activation activation, Action<bool, string> check)
    {
        var parameters = new double[shape.ParameterCount];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = body.ReadDouble();
            check(double.IsFinite(parameters[i]), $"parameter {i} is {parameters[i]}");
        }

        return new Network(shape, activation, parameters);
    }

    private const int IterationSize = (4 * sizeof(int)) + sizeof(bool) + (9 * sizeof(double));

    private static void WriteStepForm(BinaryWriter body, StepFormChoice choice)
    {
        body.Write((int)choice.Form);
        body.Write(choice.PrimalProducts);
        body.Write(choice.DualProducts);
        body.Write(choice.PrimalBytes);
        body.Write(choice.DualBytes);
        body.Write(choice.MemoryLimit);
    }

    private static StepFormChoice ReadStepForm(BinaryReader body) =>
        new((StepForm)body.ReadInt32(), body.ReadDouble(), body.ReadDouble(), body.ReadDouble(), body.ReadDouble(), body.ReadDouble());

    private static void WriteIteration(BinaryWriter body, TrainingIteration iteration)
    {
        body.Write(iteration.Start);
        body.Write(iteration.Iteration);
        body.Write(iteration.RejectedSteps);
        body.Write(iteration.CurvatureRows);
        body.Write(iteration.CurvatureInSinglePrecision);
        body.Write(iteration.Loss);
        body.Write(iteration.MeanSquaredError);
        body.Write(iteration.ValidationError);
        body.Write(iteration.GradientNorm);
        body.Write(iteration.Damping);
        body.Write(iteration.StepNorm);
        body.Write(iteration.GainRatio);
        body.Write(iteration.NoisePrecision);
        body.Write(iteration.EffectiveParameters);
    }

    private static TrainingIteration ReadIteration(BinaryReader body) => new()
    {
        Start = body.ReadInt32(),
        Iteration = body.ReadInt32(),
        RejectedSteps = body.ReadInt32(),
        CurvatureRows = body.ReadInt32(),
        CurvatureInSinglePrecision = body.ReadBoolean(),
        Loss = body.ReadDouble(),
        MeanSquaredError = body.ReadDouble(),
        ValidationError = body.ReadDouble(),
        GradientNorm = body.ReadDouble(),
        Damping = body.ReadDouble(),
        StepNorm = body.ReadDouble(),
        GainRatio = body.ReadDouble(),
        NoisePrecision = body.ReadDouble(),
        EffectiveParameters = body.ReadDouble(),
    };
}
