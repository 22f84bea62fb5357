using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Tests.Objectives;

public class LinearizationRoomTests
{
    [Fact]
    public void Objectives_that_share_room_in_turn_compute_what_each_computes_with_room_of_its_own() => Gen.Select(Gen.Int[1, 3], Gen.Int[1, 4], Gen.Int[10, 60], Gen.Int).Sample(
        (inputs, hidden, rows, seed) =>
        {
            var random = new Random(seed);
            var shape = new NetworkShape(inputs, hidden);
            RegressionData[] tables = [.. Enumerable.Range(0, 3).Select(k => Problems.NoisyTable(rows * 20, inputs, seed + k))];
            PenalizedLeastSquares[] Objectives(LinearizationRoom? room) => [.. tables.Select(table => new PenalizedLeastSquares(BlockedRows.Of(table), shape, Activation.Tanh, 0.1, threads: 1, room: room))];
            PenalizedLeastSquares[] shared = Objectives(new LinearizationRoom()), alone = Objectives(room: null);
            double[][] points = [.. tables.Select(_ => Problems.RandomVector((int)shape.ParameterCount, random))];
            for (int step = 0; step < 4; step++)
            {
                for (int k = 0; k < tables.Length; k++)
                {
                    double[] vector = Problems.RandomVector((int)shape.ParameterCount, random), trial = [.. points[k].Select(at => at + (0.1 * random.NextDouble()))];
                    bool isAccepted = random.Next(3) > 0;
                    Step(shared[k], points[k], trial, vector).Should().Equal(Step(alone[k], points[k], trial, vector));
                    if (isAccepted) points[k] = trial;
                    shared[k].LeaveRoom(points[k]);
                }
            }
        },
        iter: 20);

    [Fact]
    public void Room_of_as_many_pairs_but_fewer_blocks_of_rows_holds_none_of_those_before()
    {
        // Six blocks of rows, then five: both take three pairs.
        var shape = new NetworkShape(2, 3);
        var room = new LinearizationRoom();
        PenalizedLeastSquares Objective(int rows, LinearizationRoom? from) => new(BlockedRows.Of(Problems.NoisyTable(rows, 2, 7)), shape, Activation.Tanh, 0.1, threads: 1, room: from);
        double[] point = Problems.RandomVector((int)shape.ParameterCount, new Random(1)), vector = Problems.RandomVector(point.Length, new Random(2)), trial = [.. point.Select(at => 0.9 * at)];
        PenalizedLeastSquares first = Objective(1_500, room);
        Step(first, point, trial, vector);
        first.LeaveRoom(point);
        Step(Objective(1_200, room), point, trial, vector).Should().Equal(Step(Objective(1_200, from: null), point, trial, vector));
    }

    // A product with the curvature at a point, and the loss at a trial point with its gradient.
    private static double[] Step(PenalizedLeastSquares objective, double[] point, double[] trial, double[] vector)
    {
        double[] product = new double[vector.Length], gradient = new double[vector.Length];
        objective.MoveTo(point);
        objective.LinearizeNarrowly().MultiplyGram(vector, product);
        double loss = objective.LossAndGradient(trial, gradient);
        return [loss, .. product, .. gradient];
    }
}
