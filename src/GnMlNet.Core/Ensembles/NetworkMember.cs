using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>A network as a member of an ensemble.</summary>
public sealed class NetworkMember : EnsembleMember
{
    /// <summary>Makes a member.</summary>
    /// <param name="network">The network, from mapped features to the standardized label.</param>
    /// <param name="map">Which of the ensemble's maps gives its inputs, counted from 0.</param>
    /// <param name="evidence">The precisions that its training ended with, or null where its penalty was fixed.</param>
    /// <param name="leverage">How uncertain its value is at a row, or null where that is not kept: without intervals, or where it would take too much memory.</param>
    public NetworkMember(Network network, int map, Evidence? evidence = null, Leverage? leverage = null)
        : base(map)
    {
        ArgumentNullException.ThrowIfNull(network);
        (Network, Evidence, Leverage) = (network, evidence, leverage);
    }

    /// <summary>The network, from mapped features to the standardized label; that of a model of a single network takes features and gives labels as they are.</summary>
    public Network Network { get; }

    /// <summary>The precisions that its training ended with, or null where its penalty was fixed.</summary>
    public Evidence? Evidence { get; }

    /// <summary>How uncertain its value is at a row, or null where that is not kept.</summary>
    public Leverage? Leverage { get; }

    /// <inheritdoc/>
    public override int InputSize => Network.Shape.InputSize;

    internal override bool KeepsVariance => Leverage is not null;

    internal override double Predict(ReadOnlySpan<double> inputs) => Network.Predict(inputs);

    internal override void Evaluate(ReadOnlySpan<double> inputs, Span<double> values, Span<double> variances)
    {
        if (Leverage is not null)
        {
            Leverage.Evaluate(Network, inputs, values, variances);
            return;
        }

        Predict(inputs, values);
        variances.Clear();
    }

    internal override double[] VariancesOfSums(double[] inputs, IReadOnlyList<double[]> weights, WorkSharing work) => Leverage!.OfSums(Network, inputs, weights, work);

    internal override void AddSlopes(ReadOnlySpan<double> inputs, Span<double> slopes, Span<double> kinks = default) => Network.AddSlopes(inputs, slopes);
}
