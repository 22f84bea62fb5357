using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Ensembles;

/// <summary>The kernel block in training, alone and beside the networks.</summary>
public class KernelBlockTests
{
    private static readonly EnsembleOptions Quick = new() { Run = new() { HiddenUnits = 3, Threads = 2, Seed = 1 }, Members = 4, MaximumIterations = 10 };

    public static TheoryData<KernelForm> Forms => [KernelForm.Exact, KernelForm.ConjugateGradients, KernelForm.Sparse];

    [Theory, MemberData(nameof(Forms))]
    public void Threads_change_no_bit_of_a_block_in_any_form(KernelForm form)
    {
        RegressionData data = Noisy(700, 5);
        KernelFit[] one = Fit(data, form, threads: 1).Fits;
        foreach (int threads in new[] { 2, 7 })
        {
            KernelFit[] other = Fit(data, form, threads: threads).Fits;
            for (int k = 0; k < one.Length; k++)
            {
                other[k].Form.Should().Be(form);
                other[k].Expansion.Coefficients.ToArray().Should().Equal(one[k].Expansion.Coefficients.ToArray());
                other[k].Expansion.Kernel.LaplaceRates.Should().Equal(one[k].Expansion.Kernel.LaplaceRates);
                other[k].LeftOut.Should().Equal(one[k].LeftOut);
                other[k].LeftOutVariances.Should().Equal(one[k].LeftOutVariances);
                (other[k].Posterior?.Triangle.ToArray() ?? []).Should().Equal(one[k].Posterior?.Triangle.ToArray() ?? []);
            }
        }

        Fit(data, form, seed: 2).Fits[0].Expansion.Coefficients.ToArray().Should().NotEqual(one[0].Expansion.Coefficients.ToArray());
    }

    [Theory, MemberData(nameof(Forms))]
    public void Threads_change_no_bit_of_an_ensemble_with_a_block_in_any_form(KernelForm form)
    {
        RegressionData data = Noisy(600, 5);
        NetworkEnsemble Train(int threads) =>
            EnsembleTraining.Train(data, Quick with { Run = Quick.Run with { Threads = threads }, Kernel = new() { Form = form, Centres = 60, EvidenceRows = 60 } }).Ensemble;
        NetworkEnsemble one = Train(1);
        one.KernelWeight.Should().BePositive();
        one.Members.OfType<KernelMember>().Should().OnlyContain(member => member.Form == form);
        foreach (NetworkEnsemble other in new[] { Train(2), Train(7) })
        {
            other.KernelWeight.Should().Be(one.KernelWeight);
            other.Relevance.Should().Equal(one.Relevance);
            foreach ((double[] x, _, _) in Problems.Rows(data).Take(50)) other.PredictInterval(x).Should().Be(one.PredictInterval(x));
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Conjugate_gradients_give_way_to_the_sparse_form_where_single_precision_does_not_suffice(bool isNoisy)
    {
        KernelFit[] fits = Fit(isNoisy ? Noisy(700, 5) : Problems.NoisyTable(700, 2, 5), KernelForm.ConjugateGradients).Fits;
        fits.Should().OnlyContain(fit => fit.Form == (isNoisy ? KernelForm.ConjugateGradients : KernelForm.Sparse));
        fits.Should().OnlyContain(fit => fit.Expansion.CentreCount == (isNoisy ? 700 : 60) && !fit.Expansion.IsInSinglePrecision);
    }

    [Theory, MemberData(nameof(Forms))]
    public void Every_form_predicts_new_rows_about_as_well_as_the_exact_one(KernelForm form)
    {
        RegressionData data = Problems.NoisyTable(700, 2, 5), test = Problems.NoisyTable(500, 2, 6);
        double exact = Error(KernelForm.Exact), error = Error(form), spread = Problems.Rows(test).Select(row => row.Label).ToArray() is var y ? Math.Sqrt(y.Average(value => Math.Pow(value - y.Average(), 2))) : 0;
        exact.Should().BeLessThan(0.1 * spread);
        error.Should().BeLessThan(1.5 * exact);

        double Error(KernelForm of)
        {
            NetworkEnsemble ensemble = EnsembleTraining.Train(data, Quick with { Kernel = new() { Form = of, Centres = 150, EvidenceRows = 120 } }).Ensemble;
            return Math.Sqrt(Problems.Rows(test).Average(row => Math.Pow(ensemble.Predict(row.Features) - row.Label, 2)));
        }
    }

    [Fact]
    public void Rows_left_out_in_the_exact_form_are_predicted_as_without_their_fold_and_all_its_copies()
    {
        RegressionData data = WithCopies(120, 3);
        (KernelFit[] fits, _, DistinctRows distinct, RegressionData[] views, int[][] folds) = Fit(data, KernelForm.Exact);
        distinct.Count.Should().BeLessThan(120);
        double[] labels = views[0].Labels(), weights = views[0].Weights();
        foreach (KernelFit fit in fits)
        {
            double[][] rows = [.. views[fit.Map].Inputs().Chunk(2)];
            var expected = new double[distinct.Count];
            foreach (int[] fold in folds)
            {
                // All rows of the table, not the distinct ones.
                int[] left = [.. Enumerable.Range(0, 120).Where(row => fold.Contains(distinct.Places[row]))];
                double[][] kept = Kernels.DenseKernel.Without(rows, left);
                double[] predictions = Kernels.DenseKernel.Posterior(
                    fit.Expansion.Kernel, kept, Kernels.DenseKernel.Without(labels, left), Kernels.DenseKernel.Without(weights, left), fit.NoiseVariance, [.. fold.Select(place => rows[distinct.Firsts[place]])]);
                for (int i = 0; i < fold.Length; i++) expected[fold[i]] += predictions[i];
            }

            int times = folds.Sum(fold => fold.Count(place => place == 0));
            for (int i = 0; i < expected.Length; i++) fit.LeftOut[i].Should().BeApproximately(expected[i] / times, 1e-4);
        }
    }

    [Theory, InlineData(KernelForm.Exact), InlineData(KernelForm.ConjugateGradients)]
    public void What_is_said_of_a_row_by_a_member_that_was_chosen_without_it_does_not_depend_on_its_label(KernelForm form)
    {
        RegressionData data = Problems.NoisyTable(150, 2, 5);
        (KernelFit[] fits, int[] judged, _, _, _) = Fit(data, form);
        fits.Select(fit => fit.IsChosenWithout).Should().OnlyContain(chosen => chosen.Contains(true) && chosen.Contains(false));
        foreach (int row in new[] { 3, 50, 149 })
        {
            KernelFit[] changed = Fit(data, form, label: (y, j) => j == row ? y + 1 : y).Fits;
            int at = Array.IndexOf(judged, row);
            for (int k = 0; k < fits.Length; k++)
            {
                bool isSameKernel = changed[k].Expansion.Kernel.LaplaceRates.SequenceEqual(fits[k].Expansion.Kernel.LaplaceRates);
                isSameKernel.Should().Be(fits[k].IsChosenWithout[row]);
                if (isSameKernel) changed[k].LeftOut[at].Should().BeApproximately(fits[k].LeftOut[at], 1e-4);
                changed[k].Expansion.Coefficients.ToArray().Should().NotEqual(fits[k].Expansion.Coefficients.ToArray());
            }
        }
    }

    [Fact]
    public void Columns_that_never_change_change_nothing()
    {
        RegressionData data = Problems.NoisyTable(100, 2, 5), wider = new(4);
        foreach ((double[] x, double y, double w) in Problems.Rows(data)) wider.Add([5, x[0], x[1], -3], y, w);
        KernelFit[] one = Fit(data, KernelForm.Exact).Fits, other = Fit(wider, KernelForm.Exact).Fits;
        for (int k = 0; k < one.Length; k++)
        {
            other[k].Expansion.Coefficients.ToArray().Should().Equal(one[k].Expansion.Coefficients.ToArray());
            other[k].LeftOut.Should().Equal(one[k].LeftOut);
            other[k].LogEvidence.Should().Be(one[k].LogEvidence);
        }
    }

    [Fact]
    public void A_row_given_twice_is_a_row_of_twice_the_weight()
    {
        RegressionData plain = Problems.NoisyTable(80, 2, 5), weighted = new(2), repeated = new(2);
        int row = 0;
        foreach ((double[] x, double y, _) in Problems.Rows(plain))
        {
            weighted.Add(x, y, 1 + (row % 2));
            repeated.Add(x, y, 1);
            row++;
        }

        row = 0;
        foreach ((double[] x, double y, _) in Problems.Rows(plain))
        {
            if (row++ % 2 == 1) repeated.Add(x, y, 1);
        }

        KernelFit[] one = Fit(weighted, KernelForm.Exact).Fits, other = Fit(repeated, KernelForm.Exact).Fits;
        // The scales of the columns agree but for rounding.
        for (int k = 0; k < one.Length; k++)
        {
            foreach ((double[] x, _, _) in Problems.Rows(plain).Take(20)) other[k].Expansion.Evaluate(x).Should().BeApproximately(one[k].Expansion.Evaluate(x), 1e-3);
        }
    }

    [Fact]
    public void Networks_are_the_same_bits_with_a_block_beside_them()
    {
        int compared = 0;
        for (int seed = 0; seed < 4; seed++)
        {
            RegressionData data = FriedmanTables.Make(1, 200, seed);
            EnsembleOptions options = Quick with { Run = Quick.Run with { Seed = seed, HiddenUnits = 8 }, Members = 8, MaximumIterations = 40 };
            NetworkEnsemble with = EnsembleTraining.Train(data, options).Ensemble, without = EnsembleTraining.Train(data, options with { Kernel = null }).Ensemble;
            if (with.KernelWeight == 1) continue;
            compared++;
            NetworkMember[] alone = [.. without.Members.Cast<NetworkMember>()], beside = [.. with.Members.OfType<NetworkMember>()];
            beside.Should().HaveCount(8);
            for (int k = 0; k < alone.Length; k++) beside[k].Network.Parameters.ToArray().Should().Equal(alone[k].Network.Parameters.ToArray());
        }

        compared.Should().BePositive();
    }

    [Fact]
    public void The_score_is_the_mean_of_both_kinds_by_their_weight_and_a_kind_without_weight_is_not_kept()
    {
        var weights = new List<double>();
        foreach (RegressionData data in new[] { FriedmanTables.Make(1, 200, 1), Problems.NoisyTable(100, 2, 5), Rough(300, 1), Problems.Table(60, 3, new Random(3), x => x[0] - x[1]) })
        {
            NetworkEnsemble ensemble = EnsembleTraining.Train(data, Quick with { Run = Quick.Run with { HiddenUnits = 8 }, Members = 8, MaximumIterations = 40 }).Ensemble;
            double w = ensemble.KernelWeight;
            weights.Add(w);
            ensemble.Members.OfType<NetworkMember>().Count().Should().Be(w < 1 ? 8 : 0);
            ensemble.Members.OfType<KernelMember>().Count().Should().Be(w > 0 ? 4 : 0);
            if (w is > 0 and < 1) w.Should().BeInRange(KernelWeight.Negligible, 1 - KernelWeight.Negligible);
            foreach ((double[] x, _, _) in Problems.Rows(data).Take(20))
            {
                double Mean<T>()
                    where T : EnsembleMember
                {
                    double[] values = [.. ensemble.Members.OfType<T>().Select(member =>
                    {
                        var inputs = new double[x.Length];
                        ensemble.Maps[member.Map].Map<double>(x, inputs);
                        return ensemble.Range.Limit(member.Predict(inputs));
                    })];
                    return values.Length == 0 ? 0 : WinsorizedMean.Of(values);
                }

                double standardized = ((1 - w) * Mean<NetworkMember>()) + (w * Mean<KernelMember>());
                ensemble.Predict(x).Should().BeApproximately(ensemble.Label.Mean + (ensemble.Label.Deviation * standardized), 1e-9);
            }
        }

        weights.Should().Contain(1).And.Contain(w => w > 0 && w < 1);
    }

    [Fact]
    public void A_warm_start_from_a_block_alone_trains_networks_from_random_ones_in_its_maps()
    {
        RegressionData data = Problems.NoisyTable(100, 2, 5);
        NetworkEnsemble block = EnsembleTraining.Train(data, Quick).Ensemble;
        block.KernelWeight.Should().Be(1);
        EnsembleResult next = EnsembleTraining.Train(FriedmanLike(data), Quick with { Members = 6 }, initial: block);
        next.Ensemble.Maps.Select(map => map.Columns).Should().BeEquivalentTo(block.Maps.Select(map => map.Columns));
        next.Ensemble.Label.Should().Be(block.Label);
        next.History[0].MeanSquaredError.Should().BeGreaterThan(next.History[^1].MeanSquaredError);
    }

    [Theory, InlineData(TrainingStage.Evidence), InlineData(TrainingStage.Solution), InlineData(TrainingStage.Networks)]
    public void It_can_be_cancelled_in_every_stage_and_the_stages_come_in_order(TrainingStage stage)
    {
        RegressionData data = Problems.NoisyTable(100, 2, 5);
        var stages = new List<TrainingStage>();
        EnsembleTraining.Train(data, Quick, control: new TrainingControl { Stages = new Listener(stages.Add) });
        stages.Should().Equal(TrainingStage.Networks, TrainingStage.Evidence, TrainingStage.Solution, TrainingStage.LastSteps);

        using var cancel = new CancellationTokenSource();
        TrainingStage last = default;
        var control = new TrainingControl { CancellationToken = cancel.Token, Stages = new Listener(at => { last = at; if (at == stage) cancel.Cancel(); }) };
        FluentActions.Invoking(() => EnsembleTraining.Train(data, Quick, control: control)).Should().Throw<OperationCanceledException>();
        last.Should().Be(stage);
    }

    [Fact]
    public void The_form_is_the_most_accurate_one_that_time_and_memory_allow()
    {
        KernelForm Choose(long rows, long limit = long.MaxValue) => KernelMemory.ChooseForm(rows, 5, new KernelOptions(), Quick.Run with { MemoryLimit = limit });
        (Choose(2000), Choose(2001), Choose(25_000), Choose(25_001)).Should().Be((KernelForm.Exact, KernelForm.ConjugateGradients, KernelForm.ConjugateGradients, KernelForm.Sparse));
        KernelMemory.ChooseForm(10, 5, new KernelOptions { Form = KernelForm.Sparse }, Quick.Run).Should().Be(KernelForm.Sparse);
        Choose(25_000, 200_000_000).Should().Be(KernelForm.Sparse, "all rows with all centres would not fit");
    }

    [Fact]
    public void Memory_that_does_not_suffice_is_refused_before_anything_is_trained()
    {
        RegressionData data = Problems.NoisyTable(300, 2, 7);
        EnsembleOptions cramped = Quick with { Run = Quick.Run with { MemoryLimit = 1_200_000 } };
        var stages = new List<TrainingStage>();
        Action train = () => EnsembleTraining.Train(data, cramped, control: new TrainingControl { Stages = new Listener(stages.Add) });
        train.Should().Throw<InvalidOperationException>().WithMessage("*kernel block*300 rows with 2 features needs * MiB of memory; the limit is 1.1 MiB*no kernel block*");
        stages.Should().BeEmpty();
        FluentActions.Invoking(() => EnsembleTraining.Train(data, cramped with { Kernel = null })).Should().NotThrow();
    }

    [Theory]
    [InlineData("Members", 0, 1, 1, 1)]
    [InlineData("Centres", 1, 0, 1, 1)]
    [InlineData("EvidenceRows", 1, 1, 0, 1)]
    [InlineData("SolutionRows", 1, 1, 1, 0)]
    public void Options_out_of_their_range_are_refused_by_name(string name, int members, int centres, int evidenceRows, int solutionRows)
    {
        EnsembleOptions options = Quick with { Kernel = new() { Members = members, Centres = centres, EvidenceRows = evidenceRows, SolutionRows = solutionRows } };
        FluentActions.Invoking(() => EnsembleTraining.Train(Problems.NoisyTable(20, 2, 1), options)).Should().Throw<ArgumentOutOfRangeException>().WithMessage($"*{name}*");
        FluentActions.Invoking(() => new KernelOptions { Form = (KernelForm)7 }.Validate()).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Form*");
    }

    [Theory, InlineData(1, KernelForm.Exact), InlineData(2, KernelForm.ConjugateGradients), InlineData(3, KernelForm.Sparse), InlineData(7, KernelForm.Exact)]
    public void Any_number_of_members_and_hardly_any_rows_give_a_finite_block(int members, KernelForm form)
    {
        for (int rows = 1; rows < 6; rows++)
        {
            RegressionData data = Problems.NoisyTable(rows, 2, 5);
            NetworkEnsemble ensemble = EnsembleTraining.Train(data, Quick with { Kernel = new() { Members = members, Form = form } }).Ensemble;
            double.IsFinite(ensemble.Predict([0.1, 0.2])).Should().BeTrue();
            if (ensemble.KernelWeight > 0) ensemble.Members.OfType<KernelMember>().Should().HaveCount(members);
        }
    }

    private static (KernelFit[] Fits, int[] Judged, DistinctRows Distinct, RegressionData[] Views, int[][] Folds) Fit(
        RegressionData data, KernelForm form, int threads = 1, int seed = 1, Func<double, int, double>? label = null)
    {
        Standardization units = Standardization.Measure(data);
        FeatureMap[] maps = [FeatureMap.Plain(units), FeatureMap.Bent(units, data, new WorkSharing(1))];
        if (label is not null)
        {
            var other = new RegressionData(data.InputSize);
            int row = 0;
            foreach ((double[] x, double y, double w) in Problems.Rows(data)) other.Add(x, label(y, row++), w);
            data = other;
        }

        RegressionData[] views = [.. maps.Select(map => map.Map(data, units.Label, new WorkSharing(1)))];
        DistinctRows distinct = DistinctRows.Of(data);
        int[][] folds = CrossFitting.Draw(distinct, 8, new Random(3)).LeftOutDistinctRows();
        var training = new KernelBlockTraining(views, maps, distinct, new KernelOptions { Centres = 60, EvidenceRows = 60 }, form, new KernelValues(distinct.Count, mostBytes: 0), new WorkSharing(threads), new TrainingControl());
        KernelFit[] fits = training.Train(data.Categories, folds, new Random(seed));
        return (fits, training.Judged, distinct, views, folds);
    }

    private static RegressionData WithCopies(int rows, int seed)
    {
        var random = new Random(seed);
        var data = new RegressionData(2);
        for (int j = 0; j < rows; j++)
        {
            double[] x = [random.Next(10) / 3.0, random.Next(10) / 3.0];
            data.Add(x, Math.Sin(2 * x[0]) + x[1] + random.NextDouble(), 1 + random.Next(2));
        }

        return data;
    }

    // Steps in every direction, which networks express badly.
    private static RegressionData Rough(int rows, int seed)
    {
        var random = new Random(seed);
        return Problems.Table(rows, 2, random, x => (Math.Floor(2 * x[0]) % 2) + (Math.Floor(2 * x[1]) % 2) + (0.1 * random.NextDouble()));
    }

    // Enough noise for single precision.
    private static RegressionData Noisy(int rows, int seed)
    {
        var random = new Random(seed);
        return Problems.Table(rows, 2, random, x => Math.Sin(2 * x[0]) + (x[1] * x[1]) + (2 * random.NextDouble()));
    }

    private static RegressionData FriedmanLike(RegressionData data)
    {
        var other = new RegressionData(data.InputSize);
        foreach ((double[] x, double y, double w) in Problems.Rows(data)) other.Add(x, (2 * y) + x[0], w);
        return other;
    }

    private sealed class Listener(Action<TrainingStage> action) : IProgress<TrainingStage>
    {
        public void Report(TrainingStage value) => action(value);
    }
}
