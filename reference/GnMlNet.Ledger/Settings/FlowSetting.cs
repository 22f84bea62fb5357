using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Settings;

/// <summary>A flow from w_init, enclosed up to a time or as far as the enclosure lasts.</summary>
internal sealed class FlowSetting : ProblemSetting
{
    private const int InstanceBits = 224;

    // Flows of networks with a larger Jacobian than this take too long.
    private const int MostEntries = 250;

    // Into how many parts a piece of the flow is cut where an inequality is compared.
    private const int Parts = 8;

    /// <param name="instance">The instance.</param>
    /// <param name="constants">Its constants.</param>
    /// <param name="alpha">The scaling factor.</param>
    /// <param name="rho">The damping.</param>
    /// <param name="damping">What it is called.</param>
    /// <param name="scope">Decides how long.</param>
    /// <param name="hypotheses">What the theorem asks.</param>
    /// <param name="tubeOrders">How thin the tube is: <see cref="FlowEnclosure"/>.</param>
    internal FlowSetting(InstanceData instance, Constants constants, Real alpha, Real rho, string damping, Scope scope, IReadOnlyList<Claim> hypotheses, int tubeOrders = FlowEnclosure.LeastTubeOrders)
        : base(constants)
    {
        (Alpha, Hypotheses) = (alpha, hypotheses);
        Pieces = new FlowEnclosure(constants, alpha, rho, tubeOrders).Until(scope == Scope.Quick ? 1 : 2);
        Name = $"{instance.Name}, α = {alpha}, {damping}" + (Pieces.Count == 0 ? ": the flow is not enclosed" : $", all t in [0, {Pieces[^1].Finish}] in {Pieces.Count} pieces");
    }

    internal override string Name { get; }

    internal override Real Alpha { get; }

    internal override IEnumerable<Claim> Hypotheses { get; }

    internal IReadOnlyList<FlowPiece> Pieces { get; }

    /// <summary>What following a flow needs of an instance.</summary>
    internal static IEnumerable<Claim> Needs(InstanceData instance)
    {
        yield return Claims.LessOrEqual($"np ≤ {MostEntries}, the entries of J: the flow is followed", instance.Rows * instance.Parameters, MostEntries);
    }

    /// <summary>The constants of an instance at the precision of flows.</summary>
    internal static Constants ConstantsOf(InstanceData instance) => ConstantsOfInstance.At(instance, InstanceBits);

    /// <summary>What is found of conclusions along the flow; nothing where it is not enclosed.</summary>
    internal Finding FindAlong(Func<IEnumerable<Claim>> conclusions, params IReadOnlyList<Claim> further) => FindUnder(further, Pieces.Count == 0 ? [] : [.. conclusions()]) with { Reach = Pieces.Count == 0 ? null : Reach.UpToTime(Pieces[^1].Finish) };

    /// <summary>That the flow stays in the ball r_0 and the gap to 0 decays at a rate.</summary>
    internal Finding DecaysInBall(Real rate) => FindAlong(() => [Claim.All(Displacements().Select(size => Claims.Less("|w_t - w_0| < r₀", size, Constants.Radius))), Decays(rate, 0)]);

    /// <summary>That the gap to a value decays at a rate.</summary>
    internal Claim Decays(Real rate, Real best) => Claim.All(Pieces.SelectMany(piece => piece.Decays(rate, best, Parts)));

    /// <summary>At least |w_t - w_init|, for all times of each part of each piece.</summary>
    internal IEnumerable<Real> Displacements() =>
        Pieces.SelectMany(piece => piece.Parts(Parts).Select(part => RealVectors.Norm(piece.Displacement(part, Problem.InitialWeights)) + piece.Error));
}
