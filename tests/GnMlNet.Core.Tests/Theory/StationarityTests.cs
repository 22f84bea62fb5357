using GnMlNet.Core.Data;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Tests.Dynamics;
using GnMlNet.Core.Theory;

namespace GnMlNet.Core.Tests.Theory;

public class StationarityTests
{
    [Theory, InlineData(1, 0.01), InlineData(8, 0.01), InlineData(8, 0.3), InlineData(100, 1)]
    public void The_gradient_changes_by_no_more_than_the_bound_within_the_radius(double alpha, double radius)
    {
        var random = new Random(5);
        NullifiedNetworkModel model = Problems.NullifiedModel(20, 3);
        RegressionData data = Problems.Table(20, 3, new Random(1), x => x[0]);
        double[] eigenvalues = SymmetricSpectrum.OfSmallerGram(model);
        var network = new NetworkConstants(
            LinearizationSpectrum.Lambda0(eigenvalues), LinearizationSpectrum.LambdaN(eigenvalues), JacobianModulus.UpperBound(Activation.Tanh.CurvatureBound, [.. data.Inputs()], 3));
        var loss = new QuadraticLoss(Problems.RandomVector(20, random, 3));
        (double[] start, double startNorm) = Gradient(model, loss, alpha, model.Initial.Weights.ToArray());
        double bound = Stationarity.GradientVariation(LossConstants.SumOfSquares, network, startNorm, alpha, radius), most = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            double[] direction = Problems.RandomVector(9, random), w = model.Initial.Weights.ToArray();
            double length = Math.Sqrt(direction.Sum(x => x * x));
            for (int i = 0; i < 9; i++) w[i] += radius * direction[i] / length;
            most = Math.Max(most, IntegrationOrderTests.Distance(Gradient(model, loss, alpha, w).Value, start));
        }

        most.Should().BeLessThan(bound).And.BeGreaterThan(bound / 100, "a bound that is far too large would say nothing");
    }

    private static (double[] Value, double OutputNorm) Gradient(NullifiedNetworkModel model, Loss loss, double alpha, double[] w)
    {
        double[] outputs = new double[20], gradient = new double[9];
        model.MoveTo(w);
        model.Value(outputs);
        for (int j = 0; j < 20; j++) outputs[j] *= alpha;
        loss.Gradient(outputs, outputs);
        model.MultiplyTransposed(outputs, gradient);
        return (gradient, Math.Sqrt(outputs.Sum(x => x * x)));
    }
}
