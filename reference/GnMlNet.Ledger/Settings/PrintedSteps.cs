using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Settings;

/// <summary>
/// The first steps of Theorem 2 with the learning rate of its proof, one by one: from exact points next to the trajectory, within the ball r_0.
/// </summary>
internal sealed class PrintedSteps : LocalTheorem2Setting, ISettings<PrintedSteps>
{
    private const int InstanceBits = 256;
    private const int PointBits = 128;

    // The learning rate of the proof depends on the greatest eigenvalue: it is enclosed as closely as the margins of equalities ask.
    private const int EigenvalueBits = 128;
    private const int Steps = 6;

    private readonly Claim _isEnclosed;

    private PrintedSteps(string name, LocalTheorem2 printed)
        : base(printed)
    {
        Name = $"{name}, α = {Alpha}, ρ = {Rho}, τ = αη of the proof";
        var pairs = new List<(Iterate Now, Iterate Next)>();
        var iteration = new GaussNewtonSteps(Problem, Alpha, Rho, TimeStep);
        Iterate? now = iteration.At(0, Problem.InitialWeights);
        // The proof speaks of the steps before the trajectory leaves the ball.
        for (int k = 0; k < Steps && now is not null && IsWithin(now).Verdict == Balls.Verdict.Proved; k++)
        {
            if (iteration.At(k + 1, iteration.Next(now)) is not { } next) break;
            pairs.Add((now, next));
            now = iteration.At(k + 1, RealVectors.Rounded(next.Weights, PointBits));
        }

        Pairs = pairs;
        _isEnclosed = Claims.LessOrEqual("1 ≤ the number of steps that are enclosed", 1, pairs.Count);
    }

    internal override string Name { get; }

    /// <summary>tau = alpha eta.</summary>
    internal Real TimeStep => Printed.TimeStepOfProof;

    /// <summary>Points and where the step from them leads.</summary>
    internal IReadOnlyList<(Iterate Now, Iterate Next)> Pairs { get; }

    internal override IEnumerable<Claim> Hypotheses =>
    [
        .. HypothesesOfTheorem,
        .. Pairs.Count == 0 ? [] : new[] { Claim.All(Pairs.Select(pair => IsWithin(pair.Now))) },
    ];

    internal override IEnumerable<Claim> Premises => [_isEnclosed];

    /// <summary>h(lambda_n^2) = lambda_n^2/A(lambda_n^2)^2, by which (10) bounds the speed of the weights.</summary>
    internal Real PrintedSpeed => Constants.LambdaN.Square() / Constants.Damped(Constants.LambdaN.Square(), Rho).Square();

    /// <summary>(sigma_2/2) sqrt(n/m), the factor that the proof has in its bound on the linearization error.</summary>
    internal Real PrintedCurvature =>
        Problem.Network.Activation.GreatestCurvature(Bits) * (Real.Exact(Problem.Network.Rows, Bits) / Problem.Network.Units).Sqrt().Shift(-1);

    public static IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Overparameterized(instance);

    public static IEnumerable<PrintedSteps> Of(InstanceData instance, Scope scope)
    {
        Constants constants = ConstantsOfInstance.At(instance, InstanceBits, EigenvalueBits);
        Real greatest = constants.LambdaN.Square(), rho = ScalingFactor.Below(Real.Min(constants.Lambda0.Square().Shift(-10), greatest / (1 + greatest)));
        yield return new PrintedSteps(instance.Name, new LocalTheorem2(constants, rho, constants.Problem.Network.PrintedOutputModulus()));
    }

    private Claim IsWithin(Iterate point) => Claims.Less("|w_k - w_0| < r₀", Problem.Displacement(point.Weights), Constants.Radius);
}
