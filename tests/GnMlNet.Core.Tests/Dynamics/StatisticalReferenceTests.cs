using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Tests.Dynamics;

/// <summary>
/// Nonlinear regression problems of the Statistical Reference Datasets of NIST (https://www.itl.nist.gov/div898/strd/), whose solutions are certified to 11 digits.
/// The discrete iteration with eta = 1/2, alpha = 1 and no damping is the Gauss-Newton method for the quadratic loss.
/// </summary>
public class StatisticalReferenceTests
{
    [Fact]
    public void Misra1a_is_solved_to_its_certified_values()
    {
        double[] x = [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0];
        double[] y = [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78];
        var model = new FormulaModel(x, 2, (b, at) =>
        {
            double decay = Math.Exp(-b[1] * at);
            return (b[0] * (1 - decay), [1 - decay, b[0] * at * decay]);
        });
        Solve(model, y, [250, 0.0005], [2.3894212918E+02, 5.5015643181E-04], 1.2455138894E-01);
    }

    [Fact]
    public void Thurber_is_solved_to_its_certified_values()
    {
        double[] y =
        [
            80.574, 84.248, 87.264, 87.195, 89.076, 89.608, 89.868, 90.101, 92.405, 95.854, 100.696, 101.060, 401.672, 390.724, 567.534, 635.316, 733.054, 759.087,
            894.206, 990.785, 1090.109, 1080.914, 1122.643, 1178.351, 1260.531, 1273.514, 1288.339, 1327.543, 1353.863, 1414.509, 1425.208, 1421.384, 1442.962,
            1464.350, 1468.705, 1447.894, 1457.628,
        ];
        double[] x =
        [
            -3.067, -2.981, -2.921, -2.912, -2.840, -2.797, -2.702, -2.699, -2.633, -2.481, -2.363, -2.322, -1.501, -1.460, -1.274, -1.212, -1.100, -1.046,
            -0.915, -0.714, -0.566, -0.545, -0.400, -0.309, -0.109, -0.103, 0.010, 0.119, 0.377, 0.790, 0.963, 1.006, 1.115, 1.572, 1.841, 2.047, 2.200,
        ];
        var model = new FormulaModel(x, 7, (b, at) =>
        {
            double top = b[0] + (at * (b[1] + (at * (b[2] + (at * b[3]))))), bottom = 1 + (at * (b[4] + (at * (b[5] + (at * b[6])))));
            double[] powers = [1, at, at * at, at * at * at];
            return (top / bottom, [.. powers.Select(power => power / bottom), .. powers.Skip(1).Select(power => -top * power / (bottom * bottom))]);
        });
        Solve(
            model,
            y,
            [1300, 1500, 500, 75, 1, 0.4, 0.05],
            [1.2881396800E+03, 1.4910792535E+03, 5.8323836877E+02, 7.5416644291E+01, 9.6629502864E-01, 3.9797285797E-01, 4.9727297349E-02],
            5.6427082397E+03);
    }

    private static void Solve(FormulaModel model, double[] targets, double[] start, double[] certified, double certifiedSumOfSquares)
    {
        FlowOptions options = new FlowOptions { ScalingFactor = 1 }.WithLearningRate(0.5, 60);
        Trajectory trajectory = FlowIntegration.Run(model, new QuadraticLoss(targets), start, options);
        trajectory.End.Should().Be(FlowEnd.Duration);
        trajectory.Points[^1].Loss.Should().BeApproximately(certifiedSumOfSquares, 1e-9 * certifiedSumOfSquares);
        for (int i = 0; i < certified.Length; i++) trajectory.Parameters[i].Should().BeApproximately(certified[i], 1e-8 * Math.Abs(certified[i]));
        BestInClass.Estimate(model, new QuadraticLoss(targets), 1, start).Loss.Should().BeApproximately(certifiedSumOfSquares, 1e-9 * certifiedSumOfSquares);
    }

    /// <summary>One formula of a few parameters at some points x, with its derivatives.</summary>
    private sealed class FormulaModel(double[] x, int parameterCount, Func<double[], double, (double Value, double[] Derivatives)> formula) : DifferentiableModel
    {
        private (double Value, double[] Derivatives)[] _rows = [];

        public override int ParameterCount => parameterCount;

        public override int OutputCount => x.Length;

        public override void MoveTo(ReadOnlySpan<double> parameters)
        {
            double[] b = parameters.ToArray();
            _rows = [.. x.Select(at => formula(b, at))];
        }

        public override void Value(Span<double> outputs)
        {
            for (int j = 0; j < x.Length; j++) outputs[j] = _rows[j].Value;
        }

        public override void Multiply(ReadOnlySpan<double> v, Span<double> product)
        {
            for (int j = 0; j < x.Length; j++)
            {
                product[j] = 0;
                for (int k = 0; k < parameterCount; k++) product[j] += _rows[j].Derivatives[k] * v[k];
            }
        }

        public override void MultiplyTransposed(ReadOnlySpan<double> u, Span<double> product)
        {
            product.Clear();
            for (int j = 0; j < x.Length; j++)
            {
                for (int k = 0; k < parameterCount; k++) product[k] += _rows[j].Derivatives[k] * u[j];
            }
        }
    }
}
