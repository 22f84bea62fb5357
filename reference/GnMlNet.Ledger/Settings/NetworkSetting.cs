using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Settings;

/// <summary>A network and its initial weights, and exact points within 1 of them: what statements without hypotheses are decided on.</summary>
internal sealed class NetworkSetting : Setting, ISettings<NetworkSetting>
{
    private const int InstanceBits = 320;
    private const int Count = 4;

    // Of a network with large matrices there is one.
    private const int MostRows = 64;

    private NetworkSetting(InstanceData instance)
    {
        (Name, Problem) = (instance.Name, instance.At(InstanceBits));
        Modulus = Problem.Network.JacobianModulusAbove(InstanceBits);
        var points = new PointsOfBall(Problem.InitialWeights, 1, instance.Seed);
        int count = Math.Min(Network.Rows, Network.Parameters) > MostRows ? 1 : Count;
        Points = [.. Enumerable.Range(0, count).Select(k => points.Next()).Select(weights => (weights, new Linearization(Problem.Network, weights)))];
    }

    internal override string Name { get; }

    internal override int Bits => InstanceBits;

    internal override IEnumerable<Claim> Hypotheses => [];

    internal Problem Problem { get; }

    internal Network Network => Problem.Network;

    /// <summary>L.</summary>
    internal Real Modulus { get; }

    /// <summary>The points, and J there.</summary>
    internal IReadOnlyList<(Real[] Weights, Linearization Linearization)> Points { get; }

    public static IEnumerable<Claim> Asks(InstanceData instance) => [];

    public static IEnumerable<NetworkSetting> Of(InstanceData instance, Scope scope) => [new NetworkSetting(instance)];
}
