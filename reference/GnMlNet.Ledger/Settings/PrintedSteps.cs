using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Settings;

/// <summary>The first steps of Theorem 2 with the learning rate of its proof, one by one: from exact points next to the trajectory, within the ball r_0.</summary>
internal sealed class PrintedSteps : LocalTheorem2Setting
{
    private const int InstanceBits = 256;
    private const int PointBits = 128;

    private PrintedSteps(string name, LocalTheorem2 printed, int steps)
        : base(printed)
    {
        TimeStep = ScalingFactor.Below(printed.TimeStepOfProof);
        Name = $"{name}, α = {Alpha}, ρ = {Rho}, τ = {TimeStep}";
        var pairs = new List<(Iterate Now, Iterate Next)>();
        var iteration = new GaussNewtonSteps(Problem, Alpha, Rho, TimeStep);
        Iterate now = At(iteration, 0, Problem.InitialWeights);
        // The proof speaks of the steps before the trajectory leaves the ball.
        for (int k = 0; k < steps && IsWithin(now).Verdict == Balls.Verdict.Proved; k++)
        {
            Iterate next = At(iteration, k + 1, iteration.Next(now));
            pairs.Add((now, next));
            now = At(iteration, k + 1, RealVectors.Rounded(next.Weights, PointBits));
        }

        Pairs = pairs;
    }

    internal override string Name { get; }

    /// <summary>tau = alpha eta.</summary>
    internal Real TimeStep { get; }

    /// <summary>Points and where the step from them leads.</summary>
    internal IReadOnlyList<(Iterate Now, Iterate Next)> Pairs { get; }

    internal override IEnumerable<Claim> Hypotheses =>
        [.. HypothesesOfTheorem, Claims.LessOrEqual("τ ≤ αη of the proof", TimeStep, Printed.TimeStepOfProof), Claim.All(Pairs.Select(pair => IsWithin(pair.Now)))];

    /// <summary>h(lambda_n^2) = lambda_n^2/A(lambda_n^2)^2, by which (10) bounds the speed of the weights.</summary>
    internal Real PrintedSpeed => Constants.LambdaN.Square() / Constants.Damped(Constants.LambdaN.Square(), Rho).Square();

    /// <summary>(sigma_2/2) sqrt(n/m), the factor that the proof has in its bound on the linearization error.</summary>
    internal Real PrintedCurvature =>
        Problem.Network.Activation.GreatestCurvature(Bits) * (Real.Exact(Problem.Network.Rows, Bits) / Problem.Network.Units).Sqrt().Shift(-1);

    /// <param name="name">The instance.</param>
    /// <param name="steps">How many steps.</param>
    internal static PrintedSteps Of(string name, int steps)
    {
        var constants = new Constants(InstanceData.Named(name).At(InstanceBits));
        Real greatest = constants.LambdaN.Square(), rho = ScalingFactor.Below(Real.Min(constants.Lambda0.Square().Shift(-10), greatest / (1 + greatest)));
        return new PrintedSteps(name, new LocalTheorem2(constants, rho, constants.Problem.Network.PrintedOutputModulus()), steps);
    }

    private Claim IsWithin(Iterate point) => Claims.Less("|w_k - w_0| < r₀", Problem.Displacement(point.Weights), Constants.Radius);

    private Iterate At(GaussNewtonSteps iteration, int step, Real[] weights) =>
        iteration.At(step, weights) ?? throw new InvalidOperationException($"A step of {Name} is not enclosed.");
}
