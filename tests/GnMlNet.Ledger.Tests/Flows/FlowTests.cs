using CsCheck;
using GnMlNet.Balls;
using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Tests.Flows;

public class FlowTests
{
    private static readonly Real Half = ((Real)1).Shift(-1);

    private static readonly Gen<(int[] First, int[] Second, int Time)> Polynomials = Gen.Select(Gen.Int[-500, 500].Array[7], Gen.Int[-500, 500].Array[7], Gen.Int[0, 64]);

    [Fact]
    public void Operations_of_jets_contain_the_operations_at_every_time() => Polynomials.Sample((first, second, at) =>
    {
        Jet a = Polynomial(first), b = Polynomial(second);
        Real time = ((Real)at).Shift(-8), x = a.At(time), y = b.At(time);
        (a + b).At(time).Ball.Overlaps((x + y).Ball).Should().BeTrue();
        (a - b).At(time).Ball.Overlaps((x - y).Ball).Should().BeTrue();
        (a * b).At(time).Ball.Contains((x * y).Ball).Should().BeTrue();
        (Magnitude.Of((x * y).Ball.Midpoint) <= (a * b).Bound() + Magnitude.PowerOfTwo(-40)).Should().BeTrue();
    }, iter: 200);

    [Fact]
    public void Functions_of_jets_contain_the_functions_at_every_time() => Polynomials.Sample((first, _, at) =>
    {
        Jet z = Polynomial(first);
        Real time = ((Real)at).Shift(-8), step = ((Real)1).Shift(-2), x = z.At(time);
        JetFunctions.Tanh(z, step).At(time).Ball.Contains(Ball.Tanh(x.Ball, 128)).Should().BeTrue();
        Jet root = JetFunctions.InverseRoot(z);
        if (root.Remainder.IsFinite) root.At(time).Ball.Contains((1 / (1 + x.Square()).Sqrt()).Ball).Should().BeTrue();
    }, iter: 200);

    [Fact]
    public void Where_the_outputs_fill_the_space_the_enclosed_undamped_flow_is_the_known_one()
    {
        // p = n: P = I, so for the quadratic loss alpha f(w_t) = y (1 - e^(-2t)).
        Problem problem = InstanceData.Named("over01").At(224);
        var constants = new Constants(problem);
        Real alpha = ScalingFactor.Above(constants.Unit);
        IReadOnlyList<FlowPiece> pieces = new FlowEnclosure(constants, alpha, 0).Until(Half);
        (pieces[^1].Finish - Half).Ball.Sign.Should().Be(0);
        foreach (FlowPiece piece in pieces)
        {
            foreach (Real part in new[] { 0, piece.Step.Shift(-1), piece.Step })
            {
                Real decay = (-2 * (piece.Start + part)).Exp();
                // |f(w) - f(v)| <= |J| |w - v| with the norm of the Jacobian at most its modulus everywhere.
                Real error = alpha * problem.Network.OutputModulus() * piece.Error;
                for (int j = 0; j < 2; j++)
                {
                    Real known = problem.Loss.Targets[j] * (1 - decay), enclosed = piece.Field.Outputs[j].At(part).Widen(error);
                    enclosed.Ball.Overlaps(known.Ball).Should().BeTrue();
                    (enclosed.Ball.Radius < Magnitude.PowerOfTwo(-20)).Should().BeTrue();
                }
            }
        }
    }

    [Fact]
    public void Twice_as_many_steps_of_half_the_time_approach_the_enclosed_flow_by_half()
    {
        var constants = new Constants(InstanceData.Named("under16").At(256));
        Real alpha = UndampedRepairs.WithSufficientAlpha(constants).Alpha, end = ((Real)1).Shift(-3);
        FlowPiece last = new FlowEnclosure(constants, alpha, 0).Until(end)[^1];
        Real Distance(int steps) => RealVectors.Norm(last.Displacement(
            last.Step, new StepEnclosure(constants, alpha, 0, end / steps).Take(steps).Last().Weights)) / RealVectors.Norm(last.Displacement(last.Step, constants.Problem.InitialWeights));
        Real ratio = Distance(32) / Distance(16);
        // Euler's method is of first order.
        Ball.Less((ratio - Half).Abs().Ball, ((Real)1).Shift(-5).Ball).Should().Be(Verdict.Proved);
    }

    private static Jet Polynomial(int[] numbers)
    {
        Real step = ((Real)1).Shift(-2);
        return new Jet([.. numbers.Select(number => new Real(Ball.Exact(number), 128).Shift(-8))], Magnitude.Zero, Jet.PowersOf(step, numbers.Length - 1));
    }
}
