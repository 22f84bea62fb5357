using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Training;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Training;

public class EvidenceRegularizationTests
{
    private static readonly TrainingOptions Options = new()
    {
        Run = new() { HiddenUnits = 4, Threads = 1 },
        AdaptPenalty = true,
        Standardize = false,
        GradientTolerance = 0,
        StepTolerance = 0,
    };

    [Fact]
    public void After_long_training_the_precisions_are_those_that_a_dense_inverse_of_the_curvature_gives()
    {
        RegressionData raw = Problems.NoisyTable(200, 3, seed: 4), data = Standardization.Measure(raw).Standardize(raw);
        TrainingResult result = NetworkTraining.Train(data, Options with { MaximumIterations = 2000 });

        Evidence evidence = result.Evidence!;
        var groups = new ParameterGroups(new TrainedParameters(result.Network.Shape));
        double[] theta = result.Network.Parameters.ToArray();
        PenalizedLeastSquares objective = new(BlockedRows.Of(data), result.Network.Shape, Activation.Tanh, penalty: 0, threads: 1);
        Matrix<double> jacobian = Matrix<double>.Build.DenseOfRowArrays(Enumerable.Range(0, 200).Select(row => objective.JacobianRow(row, theta)));
        Matrix<double> precision = Matrix<double>.Build.Diagonal(theta.Length, theta.Length, i => evidence.Precisions[groups[i]]);
        Matrix<double> inverse = ((evidence.NoisePrecision * jacobian.TransposeThisAndMultiply(jacobian)) + precision).Inverse();

        double[] traces = groups.Sum(i => inverse[i, i]), squares = groups.Sum(i => theta[i] * theta[i]);
        for (int g = 0; g < groups.Count - 1; g++)
        {
            double effective = groups.Size(g) - (evidence.Precisions[g] * traces[g]);
            evidence.EffectiveParameters[g].Should().BeApproximately(effective, 0.01 * groups.Size(g));
            if (g >= groups.InputColumns) (evidence.Precisions[g] * squares[g]).Should().BeApproximately(effective, 0.01 * groups.Size(g));
        }

        double squaredResiduals = 200 * objective.MeanSquaredError(theta);
        (evidence.NoisePrecision * squaredResiduals).Should().BeApproximately(200 - evidence.TotalEffectiveParameters, 0.1);
    }

    [Fact]
    public void Permuting_the_columns_permutes_the_precisions()
    {
        RegressionData raw = Problems.NoisyTable(150, 3, seed: 9), data = Standardization.Measure(raw).Standardize(raw);
        var turned = new RegressionData(3);
        foreach ((double[] x, double y, double w) in Problems.Rows(data)) turned.Add([x[2], x[0], x[1]], y, w);
        Network start = Problems.RandomNetwork(new NetworkShape(3, 4), new Random(1), scale: 0.5);
        double[] parameters = start.Parameters.ToArray();
        for (int unit = 0; unit < 4; unit++)
        {
            for (int k = 0; k < 3; k++) parameters[start.Shape.HiddenWeight(unit, (k + 1) % 3)] = start.Parameters[start.Shape.HiddenWeight(unit, k)];
        }

        TrainingOptions few = Options with { MaximumIterations = 16 };
        Evidence one = NetworkTraining.Train(data, few, initial: start).Evidence!;
        Evidence other = NetworkTraining.Train(turned, few, initial: new Network(start.Shape, start.Activation, parameters)).Evidence!;
        for (int k = 0; k < 3; k++) other.Precisions[(k + 1) % 3].Should().BeApproximately(one.Precisions[k], 1e-6 * one.Precisions[k]);
        other.NoisePrecision.Should().BeApproximately(one.NoisePrecision, 1e-6 * one.NoisePrecision);
    }

    [Fact]
    public void A_column_of_noise_is_found_to_matter_least()
    {
        RegressionData data = Problems.NoisyTable(400, 3, seed: 2);
        Evidence evidence = NetworkTraining.Train(data, Options with { Run = Options.Run with { HiddenUnits = 10 }, Standardize = true, MaximumIterations = 60 }).Evidence!;
        // The label depends on the first column and on the last.
        evidence.Precisions[1].Should().BeGreaterThan(1.5 * Math.Max(evidence.Precisions[0], evidence.Precisions[2]));
    }

    [Fact]
    public void Weights_count_as_rows()
    {
        RegressionData weighted = Problems.NoisyTable(100, 2, 7, weight: j => 1 + (j % 2));
        var repeated = new RegressionData(2);
        foreach ((double[] x, double y, double w) in Problems.Rows(weighted))
        {
            for (int copy = 0; copy < w; copy++) repeated.Add(x, y, 1);
        }

        TrainingOptions few = Options with { Standardize = true, MaximumIterations = 16 };
        Evidence one = NetworkTraining.Train(weighted, few).Evidence!, other = NetworkTraining.Train(repeated, few).Evidence!;
        other.NoisePrecision.Should().BeApproximately(one.NoisePrecision, 1e-6 * one.NoisePrecision);
        for (int g = 0; g < 5; g++) other.Precisions[g].Should().BeApproximately(one.Precisions[g], 1e-6 * one.Precisions[g]);
    }

    [Fact]
    public void What_does_not_fit_in_the_primal_form_is_refused_with_the_way_out()
    {
        RegressionData data = Problems.NoisyTable(20, 400, 7);
        Action train = () => NetworkTraining.Train(data, Options with { Run = Options.Run with { HiddenUnits = 10, MemoryLimit = 50_000_000 }, Standardize = true });
        train.Should().Throw<InvalidOperationException>().WithMessage("*4021 parameters*fewer hidden units, fewer features, a fixed penalty*");
    }
}
