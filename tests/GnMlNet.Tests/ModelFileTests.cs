using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.ModelFile;
using GnMlNet.Models;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace GnMlNet.Tests;

public class ModelFileTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly IDataView _data;
    private readonly GaussNewtonRegressionModelParameters _model;
    private readonly GaussNewtonRegressionModelParameters _flowModel;
    private readonly GaussNewtonRegressionModelParameters _ensembleModel;
    private readonly byte[] _file;

    public ModelFileTests()
    {
        _data = _context.WithFeatures(Rows.Make(60, 1));
        var transformer = _context.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options
        {
            LabelColumnName = "Y",
            NumberOfNetworks = 1,
            NumberOfHiddenUnits = 2,
            MaximumNumberOfIterations = 2,
        }).Fit(_data);
        _model = transformer.Model;
        _flowModel = _context.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options
        {
            LabelColumnName = "Y",
            NumberOfHiddenUnits = 2,
            Flow = new Core.Dynamics.FlowOptions { Duration = 0.03 },
        }).Fit(_data).Model;
        _ensembleModel = _context.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options
        {
            LabelColumnName = "Y",
            NumberOfNetworks = 2,
            NumberOfHiddenUnits = 2,
            MaximumNumberOfIterations = 2,
        }).Fit(_data).Model;
        using var stream = new MemoryStream();
        _context.Model.Save(transformer, _data.Schema, stream);
        _file = stream.ToArray();
    }

    [Fact]
    public void A_loaded_model_is_the_saved_one_bit_for_bit_and_saves_again_to_the_same_bytes()
    {
        ITransformer loaded = Load(_file);
        var parameters = loaded.Should().BeOfType<RegressionPredictionTransformer<GaussNewtonRegressionModelParameters>>().Subject.Model;
        Parameters(parameters).Should().Equal(Parameters(_model));
        parameters.TrainingHistory.Should().Equal(_model.TrainingHistory);
        parameters.Termination.Should().Be(_model.Termination);
        parameters.BestIteration.Should().Be(_model.BestIteration);
        parameters.LabelColumnName.Should().Be("Y");
        Payload(parameters).Should().Equal(Payload(_model));
    }

    [Fact]
    public void An_ensemble_comes_back_bit_for_bit()
    {
        TrainedModel loaded = Read(Payload(_ensembleModel));
        Payload(loaded).Should().Equal(Payload(_ensembleModel));
        float[] features = [0.3f, -0.7f, 1.1f];
        loaded.Should().BeOfType<EnsembleModel>().Subject.Ensemble.PredictInterval(features).Should().Be(_ensembleModel.Ensemble!.PredictInterval(features));
        loaded.Training.History.Should().Equal(_ensembleModel.TrainingHistory);
    }

    [Theory, InlineData("networks"), InlineData("block"), InlineData("both"), InlineData("smooth"), InlineData("conjugate gradients"), InlineData("sparse")]
    public void An_ensemble_of_any_kind_comes_back_bit_for_bit(string kind)
    {
        EnsembleModel model = Ensemble(kind);
        (model.Members.OfType<NetworkMember>().Any(), model.Members.OfType<KernelMember>().Any()).Should().Be((kind is "networks" or "both", kind != "networks"));
        EnsembleModel loaded = Read(Payload(model)).Should().BeOfType<EnsembleModel>().Subject;
        Payload(loaded).Should().Equal(Payload(model));
        (loaded.Ensemble.KernelWeight, loaded.Ensemble.Range, loaded.Ensemble.HasPlainMeans).Should().Be((model.Ensemble.KernelWeight, model.Ensemble.Range, model.Ensemble.HasPlainMeans));
        loaded.Ensemble.Relevance.Should().Equal(model.Ensemble.Relevance);
        var random = new Random(1);
        for (int trial = 0; trial < 50; trial++)
        {
            float[] features = [.. Enumerable.Range(0, 3).Select(_ => (6 * random.NextSingle()) - 3)];
            loaded.Ensemble.PredictInterval(features).Should().Be(model.Ensemble.PredictInterval(features));
            loaded.Ensemble.Predict(features).Should().Be(model.Ensemble.Predict(features));
        }

        double[][] tables = [.. loaded.Members.OfType<KernelMember>().Select(member => member.Expansion.CentreTable)], before = [.. model.Members.OfType<KernelMember>().Select(member => member.Expansion.CentreTable)];
        tables.Distinct().Should().HaveCount(before.Distinct().Count(), "members that share their points still do");
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void Counts_of_a_kernel_block_that_do_not_fit_into_it_are_refused_before_memory_is_asked_for(int place)
    {
        // The numbers of members, of tables and of the first table's points.
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)) KernelPayload.Write(writer, [.. Ensemble("block").Members.Cast<KernelMember>()]);
        foreach (int count in new[] { int.MaxValue, int.MaxValue / 2, 100_000, -1, int.MinValue })
        {
            byte[] altered = stream.ToArray();
            BitConverter.TryWriteBytes(altered.AsSpan(4 * place), count);
            using var body = new BinaryReader(new MemoryStream(altered));
            long before = GC.GetAllocatedBytesForCurrentThread();
            FluentActions.Invoking(() => KernelPayload.Read(body, 3, () => altered.Length - body.BaseStream.Position, (holds, what) =>
            {
                if (!holds) throw new FormatException(what);
            })).Should().Throw<FormatException>();
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000_000);
        }
    }

    [Fact]
    public void A_weight_that_does_not_fit_the_members_is_refused()
    {
        byte[] body = Payload(Ensemble("block"))[36..];
        // Its weight of 1 is the fifth number of the ensemble, behind the head and the label's scale and range.
        int at = 18 + (4 * sizeof(double));
        BitConverter.ToDouble(body, at).Should().Be(1);
        foreach (double weight in new[] { 0, 0.5, -1, 2, double.NaN })
        {
            BitConverter.TryWriteBytes(body.AsSpan(at), weight);
            FluentActions.Invoking(() => Read(Signed(body))).Should().Throw<FormatException>().WithMessage("*weight*members of a kernel block*");
        }
    }

    [Fact]
    public void The_equations_of_a_kernel_block_come_back_bit_for_bit_and_shared()
    {
        KernelEquations[] saved = [.. _ensembleModel.Members.OfType<KernelMember>().Select(member => member.Equations!)];
        KernelEquations[] loaded = [.. Read(Payload(_ensembleModel)).Members.OfType<KernelMember>().Select(member => member.Equations!)];
        loaded.Should().HaveSameCount(saved).And.HaveCountGreaterThan(1).And.OnlyContain(at => ReferenceEquals(at.Labels, loaded[0].Labels) && ReferenceEquals(at.Weights, loaded[0].Weights));
        for (int k = 0; k < saved.Length; k++) (loaded[k].Labels.SequenceEqual(saved[k].Labels), loaded[k].Weights.SequenceEqual(saved[k].Weights), loaded[k].Jitter).Should().Be((true, true, saved[k].Jitter));
    }

    // Behind the count come the labels, behind them the weights.
    [Theory]
    [InlineData("count", -1, "do not fit"), InlineData("count", int.MaxValue, "do not fit"), InlineData("label", double.NaN, "not finite"), InlineData("weight", 0, "weight"), InlineData("weight", -1, "weight")]
    [InlineData("lists", -1, "do not fit"), InlineData("lists", int.MaxValue, "do not fit"), InlineData("lists", 0, "model is not valid")]
    public void Equations_that_cannot_be_are_refused(string what, double value, string message)
    {
        byte[] body = Payload(_ensembleModel)[36..];
        double[] labels = _ensembleModel.Members.OfType<KernelMember>().First().Equations!.Labels;
        int first = body.AsSpan().IndexOf(System.Runtime.InteropServices.MemoryMarshal.AsBytes(labels.AsSpan()));
        int at = first + what switch { "lists" => -8, "count" => -4, "label" => 8, _ => 8 * (labels.Length + 1) };
        byte[] bytes = what is "lists" or "count" ? BitConverter.GetBytes((int)value) : BitConverter.GetBytes(value);
        bytes.CopyTo(body, at);
        byte[] altered = [.. BitConverter.GetBytes(body.Length), .. SHA256.HashData(body), .. body];
        FluentActions.Invoking(() => Read(altered)).Should().Throw<FormatException>().WithMessage($"*{message}*");
    }

    [Fact]
    public void Every_flipped_bit_of_the_payload_is_a_clear_error()
    {
        byte[] payload = Payload(_model);
        for (int bit = 0; bit < payload.Length * 8; bit++)
        {
            byte[] damaged = [.. payload];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            FluentActions.Invoking(() => Read(damaged)).Should().Throw<FormatException>().WithMessage("*model is damaged*");
        }
    }

    [Fact]
    public void Every_truncation_of_the_payload_is_a_clear_error()
    {
        byte[] payload = Payload(_model);
        for (int length = 0; length < payload.Length; length++)
            FluentActions.Invoking(() => Read(payload[..length])).Should().Throw<FormatException>().WithMessage("*model is damaged*");
    }

    [Theory, InlineData("network"), InlineData("flow"), InlineData("ensemble"), InlineData("block"), InlineData("both"), InlineData("sparse")]
    public void A_body_altered_under_a_matching_hash_is_refused_or_read_but_never_allocates_wildly(string kind)
    {
        byte[] payload = kind switch { "flow" => _flowModel, "ensemble" => _ensembleModel, "network" => _model, _ => null } is { } model ? Payload(model) : Payload(Ensemble(kind));
        byte[] body = payload[36..];
        var random = new Random(1);
        int refused = 0;
        for (int trial = 0; trial < 2000; trial++)
        {
            byte[] altered = [.. body];
            // The first bytes hold the sizes, so most alterations go there.
            int at = random.Next(trial % 2 == 0 ? 20 : body.Length);
            altered[at] = (byte)random.Next(256);
            byte[] signed = Signed(altered);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Read(signed);
            }
            catch (FormatException error)
            {
                error.Message.Should().ContainAny("model is not valid", "it ends early");
                refused++;
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000_000);
        }

        refused.Should().BeGreaterThan(500);
    }

    [Fact]
    public void A_newer_format_is_refused_by_number()
    {
        byte[] body = Payload(_model)[36..];
        int version = BitConverter.ToInt32(body);
        BitConverter.TryWriteBytes(body, version + 2);
        FluentActions.Invoking(() => Read(Signed(body))).Should().Throw<FormatException>().WithMessage($"*format is {version + 2}*reads formats {version} and {version + 1}*newer*");
    }

    [Fact]
    public void Bounds_come_back_and_a_model_without_them_is_in_the_format_of_earlier_versions()
    {
        var single = (SingleNetworkModel)_model.Trained;
        var bounds = new LabelBounds(-0.5, double.PositiveInfinity);
        TrainedModel[] bounded = [new SingleNetworkModel(single.Network, bounds, single.Training), new EnsembleModel(_ensembleModel.Ensemble!.WithBounds(bounds), single.Training)];
        foreach (TrainedModel model in bounded)
        {
            TrainedModel loaded = Read(Payload(model));
            loaded.Bounds.Should().Be(bounds);
            Payload(loaded).Should().Equal(Payload(model));
            BitConverter.ToInt32(Payload(model).AsSpan(36)).Should().Be(3);
        }

        foreach (GaussNewtonRegressionModelParameters model in new[] { _model, _ensembleModel, _flowModel })
        {
            BitConverter.ToInt32(Payload(model).AsSpan(36)).Should().Be(2);
            Read(Payload(model)).Bounds.Should().Be(LabelBounds.None);
        }
    }

    [Theory, InlineData(1, 1), InlineData(2, 1), InlineData(double.NaN, 1), InlineData(double.NegativeInfinity, double.PositiveInfinity)]
    public void Bounds_that_cannot_be_are_refused(double lower, double upper)
    {
        byte[] body = Payload(new SingleNetworkModel(((SingleNetworkModel)_model.Trained).Network, new LabelBounds(0, 1), _model.Trained.Training))[36..];
        BitConverter.TryWriteBytes(body.AsSpan(body.Length - 16), lower);
        BitConverter.TryWriteBytes(body.AsSpan(body.Length - 8), upper);
        FluentActions.Invoking(() => Read(Signed(body))).Should().Throw<FormatException>().WithMessage("*bounds from*");
    }

    [Fact]
    public void A_flipped_payload_bit_inside_the_saved_file_reaches_the_user_as_that_error()
    {
        (string name, byte[] content) = Entries(_file).Single(entry => Contains(entry.Content, Payload(_model)));
        int start = Encoding.Latin1.GetString(content).IndexOf(Encoding.Latin1.GetString(Payload(_model)), StringComparison.Ordinal);
        var random = new Random(2);
        for (int trial = 0; trial < 100; trial++)
        {
            byte[] damaged = [.. content];
            damaged[start + random.Next(Payload(_model).Length)] ^= (byte)(1 << random.Next(8));
            Exception error = FluentActions.Invoking(() => Load(Replace(_file, name, damaged))).Should().Throw<Exception>().Which;
            Innermost(error).Should().BeOfType<FormatException>().Which.Message.Should().Contain("model is damaged");
        }
    }

    [Fact]
    public async Task Random_damage_anywhere_in_the_file_never_hangs_and_never_changes_a_prediction_silently_through_our_payload()
    {
        var random = new Random(3);
        float[] scores = Load(_file).Scores(_data);
        (string Name, byte[] Content)[] entries = Entries(_file);
        for (int trial = 0; trial < 400; trial++)
        {
            (string name, byte[] content) = entries[random.Next(entries.Length)];
            if (content.Length == 0) continue;
            byte[] damaged = [.. content];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            byte[] file = Replace(_file, name, damaged);
            Task load = Task.Run(() =>
            {
                try
                {
                    Load(file).Scores(_data).Should().Equal(scores);
                }
                catch (Exception error) when (error is not Xunit.Sdk.XunitException)
                {
                    // Any exception is an answer; a hang or a wrong score is not.
                }
            });
            await load.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    [Fact]
    public void Random_truncations_of_the_whole_file_are_errors()
    {
        var random = new Random(4);
        for (int trial = 0; trial < 100; trial++)
            FluentActions.Invoking(() => Load(_file[..random.Next(_file.Length)])).Should().Throw<Exception>();
    }

    private static byte[] Signed(byte[] body)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(body.Length);
        writer.Write(SHA256.HashData(body));
        writer.Write(body);
        return stream.ToArray();
    }

    /// <summary>A small ensemble; one of both kinds is put together from one of each.</summary>
    private EnsembleModel Ensemble(string kind)
    {
        EnsembleModel Fit(KernelOptions? kernel) => (EnsembleModel)_context.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options
        {
            LabelColumnName = "Y",
            NumberOfNetworks = 2,
            NumberOfHiddenUnits = 2,
            MaximumNumberOfIterations = 2,
            Seed = 1,
            Kernel = kernel,
        }).Fit(_data).Model.Trained;
        var few = new KernelOptions { Members = 3, EvidenceRows = 30, Centres = 10 };
        if (kind == "networks") return Fit(null);
        if (kind != "both") return Fit(few with { Smooth = kind == "smooth", Form = kind switch { "sparse" => KernelForm.Sparse, "conjugate gradients" => KernelForm.ConjugateGradients, _ => null } });
        EnsembleModel networks = Fit(null), block = Fit(few);
        NetworkEnsemble from = networks.Ensemble;
        return networks with { Ensemble = new NetworkEnsemble(from.Maps, [.. networks.Members, .. block.Members], from.Label, from.Range, 0.4) { Intervals = from.Intervals, Relevance = from.Relevance } };
    }

    private static ITransformer Load(byte[] file) => new MLContext().Model.Load(new MemoryStream(file), out _);

    private static byte[] Payload(GaussNewtonRegressionModelParameters model) =>
        Payload(model.Trained);

    private static double[] Parameters(GaussNewtonRegressionModelParameters model) => model.Members.OfType<NetworkMember>().Single().Network.Parameters.ToArray();

    private static byte[] Payload(TrainedModel model)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        ModelPayload.Write(writer, model);
        return stream.ToArray();
    }

    private static TrainedModel Read(byte[] payload) =>
        ModelPayload.Read(new BinaryReader(new MemoryStream(payload)), (IExceptionContext)new MLContext());

    private static (string Name, byte[] Content)[] Entries(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return [.. zip.Entries.Select(entry =>
        {
            using var content = new MemoryStream();
            using Stream source = entry.Open();
            source.CopyTo(content);
            return (entry.FullName, content.ToArray());
        })];
    }

    private static byte[] Replace(byte[] file, string name, byte[] replacement)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string entry, byte[] content) in Entries(file))
            {
                using Stream stream = zip.CreateEntry(entry).Open();
                stream.Write(entry == name ? replacement : content);
            }
        }

        return target.ToArray();
    }

    private static bool Contains(byte[] content, byte[] part) => content.AsSpan().IndexOf(part) >= 0;

    private static Exception Innermost(Exception error) => error.InnerException is null ? error : Innermost(error.InnerException);
}
