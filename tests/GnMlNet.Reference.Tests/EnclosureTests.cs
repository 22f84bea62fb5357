using System.Numerics;
using GnMlNet.Balls;
using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Networks;
using GnMlNet.Balls.Matrices;
using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests;

public class EnclosureTests
{
    [Theory, InlineData(32), InlineData(64), InlineData(128), InlineData(333)]
    public void Tanh_and_its_slope_are_within_their_bounds_of_far_finer_values(int bits)
    {
        var random = new Random(bits);
        const int Finer = 200;
        BigInteger[] arguments = [.. Enumerable.Range(0, 400).Select(k => Argument(random, bits, k))];
        BigInteger[] tanh = new BigInteger[400], slope = new BigInteger[400], fineTanh = new BigInteger[400], fineSlope = new BigInteger[400];
        (ulong tanhBound, ulong slopeBound) = PlainKernels.Instance.Tanh(arguments, bits, tanh, slope);
        PlainKernels.Instance.Tanh([.. arguments.Select(argument => argument << Finer)], bits + Finer, fineTanh, fineSlope);
        for (int k = 0; k < 400; k++)
        {
            (BigInteger.Abs((tanh[k] << Finer) - fineTanh[k]) <= ((BigInteger)tanhBound << Finer) + 2).Should().BeTrue();
            (BigInteger.Abs((slope[k] << Finer) - fineSlope[k]) <= ((BigInteger)slopeBound << Finer) + 2).Should().BeTrue();
            // tanh^2 + sech^2 = 1
            BigInteger one = BigInteger.One << (bits + Finer), square = fineTanh[k] * fineTanh[k] >> (bits + Finer);
            (BigInteger.Abs(square + fineSlope[k] - one) <= 8).Should().BeTrue();
            double x = new Dyadic(arguments[k], -bits).ToDouble();
            new Dyadic(fineTanh[k], -bits - Finer).ToDouble().Should().BeApproximately(Math.Tanh(x), 1e-15);
        }
    }

    [Theory, InlineData("Tanh"), InlineData("Logistic")]
    public void What_few_bits_enclose_holds_what_many_bits_find(string activation)
    {
        RecordedRun run = TraceReader.Read(
            RecordedRuns.Training(rows: 30, inputs: 3, hidden: 4, iterations: 2, activation: Core.Networks.Activation.All.Single(known => known.Name == activation), weight: j => 1 + (j % 2)), "trace");
        var system = new TrainingEquations(run, PlainKernels.Instance);
        var at = ParameterBall.Exact(run.Iterates[1].Parameters);
        EnclosedPoint few = system.Evaluate(at, 64), many = system.Evaluate(at, 400);
        for (int j = 0; j < 30; j++) Within(few.Outputs.Values[j], few.Outputs.Error, many.Outputs.Values[j], many.Outputs.Error);
        Within(few.Loss, few.LossError, many.Loss, many.LossError);
        for (int a = 0; a < few.Gradient.Length; a++)
        {
            Within(few.Gradient[a], few.GradientErrors[a], many.Gradient[a], many.GradientErrors[a]);
            for (int j = 0; j < 30; j++) Within(few.Jacobian.Values.At(j, a), few.Jacobian.ColumnErrors[a], many.Jacobian.Values.At(j, a), many.Jacobian.ColumnErrors[a]);
        }

        double[] weights = [.. run.Rows.Select(row => row.Weight)];
        (ScaledIntegers coarse, Magnitude[] coarseErrors) = GramEnclosure.Of(few.Jacobian, weights, PlainKernels.Instance);
        (ScaledIntegers fine, Magnitude[] fineErrors) = GramEnclosure.Of(many.Jacobian, weights, PlainKernels.Instance);
        for (int a = 0; a < coarse.Rows; a++)
        {
            for (int b = 0; b < coarse.Rows; b++) Within(coarse.At(a, b), coarseErrors[(a * coarse.Rows) + b], fine.At(a, b), fineErrors[(a * coarse.Rows) + b]);
        }
    }

    private static BigInteger Argument(Random random, int bits, int k)
    {
        BigInteger[] special = [BigInteger.Zero, BigInteger.One, BigInteger.One << bits, (BigInteger)bits << bits, ((BigInteger)bits << bits) + 1, BigInteger.One << (bits + 18)];
        if (k < 2 * special.Length) return k % 2 == 0 ? special[k / 2] : -special[k / 2];
        var bytes = new byte[(bits / 8) + 3];
        random.NextBytes(bytes);
        return new BigInteger(bytes) >> random.Next(bits + 20);
    }

    private static void Within(Dyadic coarse, Magnitude coarseError, Dyadic fine, Magnitude fineError)
    {
        ((coarse - fine).Abs() <= (coarseError + fineError).ToDyadic()).Should().BeTrue();
        (fineError <= coarseError).Should().BeTrue();
    }
}
