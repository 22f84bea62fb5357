using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Ensembles;

/// <summary>A function of a radial kernel as a member of an ensemble: the limit of a network of infinitely many cosine units whose output weights alone were trained. It holds features and, but for the sparse form, labels of the training.</summary>
public sealed class KernelMember : EnsembleMember
{
    /// <summary>Makes a member.</summary>
    /// <param name="map">Which of the ensemble's maps gives its inputs, counted from 0.</param>
    /// <param name="form">How its output weights were found.</param>
    /// <param name="expansion">Its function.</param>
    /// <param name="noiseVariance">sigma^2.</param>
    /// <param name="logEvidence">The logarithm of the evidence.</param>
    /// <param name="posterior">The variance of its function, or null where another member speaks for it.</param>
    /// <param name="equations">The equations that the coefficients of its function solve, of as many rows as there are centres, or null where they are not of this kind or not kept.</param>
    /// <exception cref="ArgumentException">The equations have more or fewer rows than the function has centres.</exception>
    public KernelMember(
        int map, KernelForm form, KernelExpansion expansion, double noiseVariance, double logEvidence, PosteriorVariance? posterior = null, KernelEquations? equations = null)
        : base(map)
    {
        ArgumentNullException.ThrowIfNull(expansion);
        if (equations is not null && equations.Labels.Length != expansion.CentreCount)
            throw new ArgumentException($"Equations of {equations.Labels.Length} rows do not fit a function of {expansion.CentreCount} centres.", nameof(equations));
        (Form, Expansion, NoiseVariance, LogEvidence, Posterior, Equations) = (form, expansion, noiseVariance, logEvidence, posterior, equations);
    }

    /// <summary>How its output weights were found.</summary>
    public KernelForm Form { get; }

    /// <summary>Its function, from mapped features to the standardized label.</summary>
    public KernelExpansion Expansion { get; }

    /// <summary>sigma^2, the variance of the noise in the standardized label that the evidence found.</summary>
    public double NoiseVariance { get; }

    /// <summary>The logarithm of the evidence, with that of the prior, where its maximization ended, without its constant n/2 ln 2 pi.</summary>
    public double LogEvidence { get; }

    /// <summary>The variance of its function, or null where another member speaks for it.</summary>
    public PosteriorVariance? Posterior { get; }

    /// <summary>The equations that the coefficients of its function solve, exactly in the exact form and to some percent with conjugate gradients; null in the sparse form, where they are others.</summary>
    public KernelEquations? Equations { get; }

    /// <inheritdoc/>
    public override int InputSize => Expansion.Kernel.InputSize;

    internal override bool KeepsVariance => Posterior is not null;

    internal override double Predict(ReadOnlySpan<double> inputs) => Expansion.Evaluate(inputs);

    internal override void Evaluate(ReadOnlySpan<double> inputs, Span<double> values, Span<double> variances)
    {
        Predict(inputs, values);
        if (Posterior is null) variances.Clear();
        else Posterior.Evaluate(inputs, variances);
    }

    internal override double[] VariancesOfSums(double[] inputs, IReadOnlyList<double[]> weights, WorkSharing work) => Posterior!.OfSums(inputs, weights, work);

    internal override void AddSlopes(ReadOnlySpan<double> inputs, Span<double> slopes, Span<double> kinks = default) => Expansion.AddSlopes(inputs, slopes, kinks);
}
