using GnMlNet.Balls;
using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Trajectories;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Instances;

/// <summary>The first steps of Theorem 2 with the learning rate of its proof, one by one: from exact points next to the trajectory, within the ball r_0.</summary>
internal sealed class PrintedSteps
{
    private const int Bits = 256;
    private const int PointBits = 128;

    private PrintedSteps(string name, int steps, int alphaShift)
    {
        Constants = new Constants(InstanceData.Named(name).At(Bits));
        Real greatest = Constants.LambdaN.Square();
        Rho = ScalingFactor.Below(Real.Min(Constants.Lambda0.Square().Shift(-10), greatest / (1 + greatest)));
        Printed = new PrintedTheorem2(Constants, Rho, Problem.Network.PrintedOutputModulus());
        Alpha = ScalingFactor.Above(Real.Max(Printed.FirstThreshold, Printed.SecondThreshold)).Shift(alphaShift);
        TimeStep = ScalingFactor.Below(Printed.TimeStepOfProof);
        Name = $"{name}, α = {Alpha}, ρ = {Rho}, τ = {TimeStep}";
        var pairs = new List<(Iterate Now, Iterate Next)>();
        var iteration = new GaussNewtonSteps(Problem, Alpha, Rho, TimeStep);
        Iterate now = At(iteration, 0, Problem.InitialWeights);
        // The proof speaks of the steps before the trajectory leaves the ball.
        for (int k = 0; k < steps && Claims.Less("|w_k - w_0| < r₀", Problem.Displacement(now.Weights), Constants.Radius).Verdict == Verdict.Proved; k++)
        {
            Iterate next = At(iteration, k + 1, iteration.Next(now));
            pairs.Add((now, next));
            now = At(iteration, k + 1, Vectors.Rounded(next.Weights, PointBits));
        }

        Pairs = pairs;
    }

    internal string Name { get; }

    internal Constants Constants { get; }

    internal Problem Problem => Constants.Problem;

    internal PrintedTheorem2 Printed { get; }

    internal Real Alpha { get; }

    internal Real Rho { get; }

    /// <summary>tau = alpha eta.</summary>
    internal Real TimeStep { get; }

    /// <summary>Points and where the step from them leads.</summary>
    internal IReadOnlyList<(Iterate Now, Iterate Next)> Pairs { get; }

    internal IEnumerable<Claim> Hypotheses =>
    [
        .. SharedHypotheses.OfSection3(Constants, Rho),
        .. Printed.Thresholds(Alpha),
        Claims.LessOrEqual("τ ≤ αη of the proof", TimeStep, Printed.TimeStepOfProof),
        Claim.All(Pairs.Select(pair => Claims.Less("|w_k - w_0| < r₀", Problem.Displacement(pair.Now.Weights), Constants.Radius))),
    ];

    /// <summary>h(lambda_n^2) = lambda_n^2/A(lambda_n^2)^2, by which (10) bounds the speed of the weights.</summary>
    internal Real PrintedSpeed => Constants.LambdaN.Square() / Constants.Damped(Constants.LambdaN.Square(), Rho).Square();

    /// <summary>2 sqrt(g(0)) for the quadratic loss, Lip_g of the local reading.</summary>
    internal Real GradientBound => (2 * Constants.Mu * Problem.InitialLoss).Sqrt();

    /// <summary>(sigma_2/2) sqrt(n/m), the factor that the proof has in its bound on the linearization error.</summary>
    internal Real PrintedCurvature =>
        Problem.Network.Activation.GreatestCurvature(Bits) * (Real.Exact(Problem.Network.Rows, Bits) / Problem.Network.Units).Sqrt().Shift(-1);

    /// <param name="name">The instance.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="alphaShift">The scaling factor is so many times doubled from just above the thresholds.</param>
    internal static PrintedSteps Of(string name, int steps, int alphaShift = 0) => new(name, steps, alphaShift);

    /// <summary>What is found where the same claims are made at every step.</summary>
    internal Finding AtEveryStep(params Func<Iterate, Iterate, Claim>[] claims) =>
        new(Name, Bits, [.. Hypotheses], [.. claims.Select(claim => Claim.All(Pairs.Select(pair => claim(pair.Now, pair.Next))))]);

    private Iterate At(GaussNewtonSteps iteration, int step, Real[] weights) =>
        iteration.At(step, weights) ?? throw new InvalidOperationException($"A step of {Name} is not enclosed.");
}
