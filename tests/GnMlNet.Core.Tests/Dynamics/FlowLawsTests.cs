using CsCheck;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Dynamics;

/// <summary>What the paper's lemmas say of the flow, along recorded flows of random networks: these statements hold as printed.</summary>
public class FlowLawsTests
{
    private sealed record Case(int Rows, int Hidden, double Damping, double Scale, int LossKind, int Seed)
    {
        internal NullifiedNetworkModel Model => Problems.NullifiedModel(Rows, Hidden, inputs: 3, seed: Seed, Seed % 2 == 0 ? Activation.Tanh : Activation.Logistic);

        internal Loss Loss
        {
            get
            {
                double[] targets = Problems.RandomVector(Rows, new Random(Seed + 1), 2);
                return LossKind switch
                {
                    0 => new QuadraticLoss(targets),
                    1 => new QuadraticLoss(targets, [.. Enumerable.Range(0, Rows).Select(j => 0.5 + (j % 3))]),
                    _ => new PseudoHuberLoss(targets, threshold: 0.5, convexity: 0.25),
                };
            }
        }

        internal FlowOptions Options(FlowScheme scheme, double step) =>
            new() { ScalingFactor = Scale, Damping = Damping, Scheme = scheme, TimeStep = step, Duration = 0.4, KeepParameters = true, RecordSpectrum = true };
    }

    // Without damping only where J has full rank with room to spare: few units, many rows.
    private static readonly Gen<Case> Underparameterized = Gen.Select(Gen.Int[30, 60], Gen.Int[1, 3], Gen.Int[0, 2], Gen.Double[5, 20], Gen.Int[0, 2], Gen.Int[0, 1000])
        .Select((rows, hidden, damping, scale, loss, seed) => new Case(rows, hidden, damping == 0 ? 0 : damping / 5.0, scale, loss, seed));

    private static readonly Gen<Case> Overparameterized = Gen.Select(Gen.Int[4, 9], Gen.Int[5, 8], Gen.Double[0.05, 1], Gen.Double[5, 20], Gen.Int[0, 2], Gen.Int[0, 1000])
        .Select((rows, hidden, damping, scale, loss, seed) => new Case(rows, hidden, damping, scale, loss, seed));

    private static readonly Gen<Case> Any = Gen.OneOf(Underparameterized, Overparameterized);

    [Fact]
    public void The_output_moves_with_minus_M_times_the_gradient_of_the_loss() => Any.Sample(
        sample =>
        {
            // (GF-O), (GF-Ou): a short step of the flow against M written out by eigenvalues, s(t) = t/((1-rho)t+rho).
            const double step = 1e-4;
            NullifiedNetworkModel model = sample.Model;
            Trajectory path = FlowIntegration.Run(model, sample.Loss, model.Initial.Weights, sample.Options(FlowScheme.RungeKutta4, 0.1));
            double[] w = path.RecordedParameters[2];
            FlowOptions shorter = sample.Options(FlowScheme.RungeKutta4, step) with { Duration = step };
            double[] after = FlowIntegration.Run(model, sample.Loss, w, shorter).Parameters.ToArray();
            Vector<double> velocity = (Outputs(model, after, sample.Scale) - Outputs(model, w, sample.Scale)) / step;

            Vector<double> outputs = Outputs(model, w, sample.Scale);
            var gradient = new double[sample.Rows];
            sample.Loss.Gradient(outputs.ToArray(), gradient);
            Matrix<double> j = Problems.Jacobian(model);
            var kernel = (j * j.Transpose()).Evd(Symmetricity.Symmetric);
            double floor = 1e-12 * kernel.EigenValues.Max(value => value.Real);
            Vector<double> spectral = kernel.EigenVectors.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(gradient));
            for (int i = 0; i < spectral.Count; i++)
            {
                double t = kernel.EigenValues[i].Real;
                spectral[i] *= t < floor ? 0 : t / (((1 - sample.Damping) * t) + sample.Damping);
            }

            Vector<double> expected = -(kernel.EigenVectors * spectral);
            (velocity - expected).L2Norm().Should().BeLessThan(1e-2 * expected.L2Norm() + 1e-8);
        },
        iter: 40);

    [Fact]
    public void The_energy_dissipation_identity_holds_to_the_integrators_order() => Any.Sample(
        sample =>
        {
            double Defect(FlowScheme scheme, double step) =>
                Math.Abs(FlowIntegration.Run(sample.Model, sample.Loss, sample.Model.Initial.Weights, sample.Options(scheme, step)).Points[^1].DissipationDefect);
            double rounding = 1e-12 * sample.Loss.Value(new double[sample.Rows]);
            // Halving the step must come to divide the defect by 2^order, twice running: at the first steps a stiff sample may not do so yet.
            bool IsOfOrder(int order, FlowScheme scheme, double step)
            {
                double largest = 1.4 / Math.Pow(2, order);
                (double coarse, double middle) = (Defect(scheme, step), Defect(scheme, step / 2));
                for (int halvings = 0; halvings < 7; halvings++)
                {
                    step /= 2;
                    double fine = Defect(scheme, step / 2);
                    if (middle <= (largest * coarse) + rounding && fine <= (largest * middle) + rounding) return true;
                    (coarse, middle) = (middle, fine);
                }

                return false;
            }

            IsOfOrder(4, FlowScheme.RungeKutta4, 0.1).Should().BeTrue();
            IsOfOrder(1, FlowScheme.Euler, 0.02).Should().BeTrue();
        },
        iter: 100);

    [Fact]
    public void The_loss_falls_at_least_as_fast_as_the_smallest_eigenvalue_of_the_kernel_says() => Overparameterized.Sample(
        sample =>
        {
            // (EDI) with lambda_min(K_t) in the place of its lower bound: the rate |grad g|_M^2 is between s(lambda_min) and s(|K|) times |grad g|^2.
            Trajectory path = FlowIntegration.Run(sample.Model, sample.Loss, sample.Model.Initial.Weights, sample.Options(FlowScheme.DormandPrince, 0.02));
            double S(double t) => t / (((1 - sample.Damping) * t) + sample.Damping);
            for (int k = 0; k < path.Points.Count; k++)
            {
                FlowPoint point = path.Points[k];
                double square = point.RiemannianGradientNorm * point.RiemannianGradientNorm, gradient = point.OutputGradientNorm * point.OutputGradientNorm;
                square.Should().BeInRange(S(Math.Max(0, point.SmallestEigenvalue)) * gradient * (1 - 1e-9), S(point.LargestEigenvalue) * gradient * (1 + 1e-9));
                if (k > 0) point.Loss.Should().BeLessThan(path.Points[k - 1].Loss);
            }
        },
        iter: 30);

    [Fact]
    public void Without_damping_the_rate_is_the_squared_length_of_the_projected_gradient() => Underparameterized.Where(sample => sample.Damping == 0).Sample(
        sample =>
        {
            NullifiedNetworkModel model = sample.Model;
            Trajectory path = FlowIntegration.Run(model, sample.Loss, model.Initial.Weights, sample.Options(FlowScheme.RungeKutta4, 0.1));
            for (int k = 0; k < path.Points.Count; k++)
            {
                var gradient = new double[sample.Rows];
                sample.Loss.Gradient(Outputs(model, path.RecordedParameters[k], sample.Scale).ToArray(), gradient);
                Matrix<double> basis = Problems.Jacobian(model).QR().Q.SubMatrix(0, sample.Rows, 0, model.ParameterCount);
                double projected = basis.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(gradient)).L2Norm();
                path.Points[k].RiemannianGradientNorm.Should().BeApproximately(projected, 1e-6 * path.Points[k].OutputGradientNorm);
            }
        },
        iter: 20);

    private static Vector<double> Outputs(NullifiedNetworkModel model, double[] w, double scale)
    {
        var outputs = new double[model.OutputCount];
        model.MoveTo(w);
        model.Value(outputs);
        return scale * Vector<double>.Build.DenseOfArray(outputs);
    }
}
