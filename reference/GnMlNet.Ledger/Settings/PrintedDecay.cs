using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Settings;

/// <summary>
/// An instance with a damping and a scaling factor that meet the hypotheses of Section 3, and what the gap does along its flow: where no weights reach the targets it stays
/// above a positive number, whatever the flow does; elsewhere the flow is enclosed.
/// </summary>
internal sealed class PrintedDecay : ProblemSetting
{
    /// <summary>The precision.</summary>
    internal const int InstanceBits = 224;

    // The flow is enclosed where H, p x p, is small; and each piece is cut in so many parts.
    private const int MostParameters = 64;
    private const int Parts = 8;

    // Bounds are compared with the floor at times from 2^-10 on.
    private const int FirstTime = -10;
    private const int LastTime = 40;

    private readonly Ceiling? _ceiling;
    private readonly Lazy<IReadOnlyList<FlowPiece>> _pieces;

    /// <param name="instance">The instance.</param>
    /// <param name="alpha">The scaling factor.</param>
    /// <param name="rho">The damping.</param>
    /// <param name="damping">What it is called.</param>
    /// <param name="scope">Decides how long the flow is followed.</param>
    internal PrintedDecay(InstanceData instance, Real alpha, Real rho, string damping, Scope scope)
        : base(ConstantsOf(instance))
    {
        (Alpha, Rho, _ceiling) = (alpha, rho, Ceiling.Of(Problem));
        Name = $"{instance.Name}, α = {alpha}, {damping}";
        _pieces = new(() => Problem.Network.Parameters > MostParameters ? [] : new FlowEnclosure(Constants, alpha, rho).Until(scope == Scope.Quick ? ((Real)1).Shift(-4) : 1));
    }

    internal override string Name { get; }

    internal override Real Alpha { get; }

    internal Real Rho { get; }

    /// <summary>Assumption 1 and the range of the damping.</summary>
    internal override IEnumerable<Claim> Hypotheses => SharedHypotheses.OfSection3(Constants, Rho);

    /// <summary>Whether no weights reach the targets.</summary>
    internal bool IsOutOfReach => _ceiling?.IsOutOfReach(Alpha).Verdict == Verdict.Proved;

    /// <summary>At most g(alpha f(w)), whatever the weights w, where the targets are out of reach.</summary>
    internal Real Floor => _ceiling!.Floor(Alpha);

    /// <summary>2 nu s(lambda_0^2), the rate that (2) and (11) promise.</summary>
    internal Real Rate => Constants.PrintedRate(Rho);

    /// <summary>That the scaling factor is what Theorem 1 asks, or so many times that.</summary>
    internal Claim MeetsPrintedThreshold(int multiple = 1) =>
        Claims.LessOrEqual(multiple == 1 ? "(12) ≤ α" : $"{multiple} times (12) ≤ α", multiple * Constants.PrintedThreshold(Rho), Alpha);

    /// <summary>With an instance by its name.</summary>
    internal static PrintedDecay Named(string name, Real alpha, Real rho, string damping) => new(InstanceData.Named(name), alpha, rho, damping, Scope.Quick);

    /// <summary>The constants of an instance at the precision of this.</summary>
    internal static Constants ConstantsOf(InstanceData instance) => ConstantsOfInstance.At(instance, InstanceBits);

    /// <summary>A damping far below lambda_0^2, within the range of Section 3.</summary>
    internal static Real SmallDamping(Constants constants)
    {
        Real greatest = constants.LambdaN.Square();
        return ScalingFactor.Below(Real.Min(constants.Lambda0.Square().Shift(-4), greatest / (1 + greatest)));
    }

    /// <summary>That the gap, relative to the best value 0, is at most g(0) e^(-rate t) at a time, as far as the floor says.</summary>
    internal Claim DecayUntil(Real rate, Real time) =>
        Claims.LessOrEqual($"a lower bound on g over all weights ≤ g(0) exp(-{rate} t) at t = {time}", Floor, Problem.InitialLoss * (-rate * time).Exp());

    /// <summary>Whether the gap is at most g(0) e^(-rate t) for all t.</summary>
    /// <param name="rate">The rate.</param>
    /// <param name="further">Further hypotheses.</param>
    internal Finding Decays(Real rate, params IReadOnlyList<Claim> further) => OutOfReachAt(rate, further) ?? Along(further, () => GapIsBelow(rate));

    /// <summary>Whether the flow stays in the ball r_0 for all t: where the targets are out of reach it cannot, since within the ball the gap decays at a rate.</summary>
    /// <param name="rate">That of (2).</param>
    /// <param name="further">Further hypotheses.</param>
    internal Finding StaysInBall(Real rate, params IReadOnlyList<Claim> further) => OutOfReachAt(rate, further) ?? Along(further, Displacements);

    // At the first time by which the bound is below the floor; null where the targets are not known to be out of reach.
    private Finding? OutOfReachAt(Real rate, IReadOnlyList<Claim> further)
    {
        if (!IsOutOfReach) return null;
        for (int k = FirstTime; k <= LastTime; k++)
        {
            Claim decay = DecayUntil(rate, ((Real)1).Shift(k));
            if (decay.Verdict == Verdict.Refuted) return FindUnder(further, decay) with { Premises = [_ceiling!.IsOutOfReach(Alpha)] };
        }

        return null;
    }

    private Finding Along(IReadOnlyList<Claim> further, Func<IEnumerable<Claim>> conclusions)
    {
        Claim isSmall = Claims.LessOrEqual($"p ≤ {MostParameters}: H is written out", Problem.Network.Parameters, MostParameters);
        bool applies = Hypotheses.Concat(further).Append(isSmall).All(claim => claim.Verdict == Verdict.Proved);
        Claim isEnclosed = Claims.LessOrEqual("1 ≤ the number of pieces of time in which the flow is enclosed", 1, applies ? _pieces.Value.Count : 0);
        bool isFollowed = applies && _pieces.Value.Count > 0;
        return FindUnder(further, isFollowed ? [Claim.All(conclusions())] : []) with
        {
            Premises = applies ? [isSmall, isEnclosed] : [isSmall],
            Reach = isFollowed ? Reach.UpToTime(_pieces.Value[^1].Finish) : null,
        };
    }

    // As long as the differential inequality holds it implies the bound; afterwards the bound itself is compared.
    private IEnumerable<Claim> GapIsBelow(Real rate)
    {
        bool isImplied = true;
        foreach (FlowPiece piece in _pieces.Value)
        {
            foreach ((Real part, Claim slope) in piece.Parts(Parts).Zip(piece.Decays(rate, 0, Parts)))
            {
                isImplied &= slope.Verdict == Verdict.Proved;
                Real gap = piece.Field.Objective.At(part).Widen(piece.ObjectiveError);
                yield return isImplied ? slope : Claims.LessOrEqual("Δ_t ≤ g(0) exp(-c t), c the rate", gap, Problem.InitialLoss * (-rate * (piece.Start + part)).Exp());
            }
        }
    }

    // r_0 with L between its bounds: leaving the greatest ball that it can be refutes.
    private IEnumerable<Claim> Displacements()
    {
        Real radius = Real.Between(Constants.Radius, Constants.Lambda0 / Problem.Network.JacobianModulusBelow(Bits));
        return from piece in _pieces.Value
               from part in piece.Parts(Parts)
               let size = RealVectors.Norm(piece.Displacement(part, Problem.InitialWeights)).Widen(piece.Error)
               select Claims.Less("|w_t - w_0| < r₀", size, radius);
    }
}
