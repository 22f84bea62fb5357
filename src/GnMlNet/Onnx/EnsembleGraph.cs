using GnMlNet.Core.Ensembles;

namespace GnMlNet.Onnx;

/// <summary>An ensemble in the graph: what its members say, what they come to, and the interval around it.</summary>
/// <param name="ensemble">The ensemble.</param>
internal sealed class EnsembleGraph(NetworkEnsemble ensemble)
{
    private readonly int _networks = ensemble.Members.Count(member => member is NetworkMember);

    /// <summary>The score and, where there are intervals, their lower and upper ends and the deviation; a column each.</summary>
    /// <param name="features">d numbers a row.</param>
    internal OnnxTensor[] Columns(OnnxTensor features)
    {
        OnnxTensor[] inputs = [.. ensemble.Maps.Select(map => FeatureMapGraph.Map(map, features))];
        var kernels = new KernelGraph(features.Graph);
        MemberTensors[] members = [.. ensemble.Members.Select(member => member switch
        {
            NetworkMember network => NetworkGraph.Evaluate(network, inputs[member.Map]),
            KernelMember kernel => kernels.Evaluate(kernel, inputs[member.Map]),
            _ => throw new NotSupportedException($"A member of the kind {member.GetType().Name} cannot be exported to ONNX; train with the option Kernel = null."),
        })];
        var limited = Combination.Of(ensemble, members, _networks, value => value.Within(ensemble.Range.Least, ensemble.Range.Greatest));
        OnnxTensor score = WithinBounds((limited.Mean * ensemble.Label.Deviation) + ensemble.Label.Mean);
        if (ensemble.Intervals is not { } intervals) return [score];

        OnnxTensor unlimited = Combination.Of(ensemble, members, _networks, value => value).Mean;
        return [score, .. Interval(intervals, score, limited.Variance(intervals.ConstantLeverage), unlimited)];
    }

    private OnnxTensor[] Interval(PredictionIntervals intervals, OnnxTensor score, OnnxTensor variance, OnnxTensor unlimited)
    {
        OnnxGraph graph = score.Graph;
        OnnxTensor scale = graph.Apply("Sqrt", variance + intervals.NoiseVariance) * ensemble.Label.Deviation, infinity = graph.Constant(double.PositiveInfinity);
        OnnxTensor Times(double factor) => double.IsInfinity(factor) ? infinity : scale * factor;
        OnnxTensor half = Times(intervals.Quantile), lower = score - half, upper = score + half;
        // A label that never changed has no range that a prediction could lie beyond.
        if (ensemble.Label.Deviation > 0)
        {
            lower = unlimited.WhereBelow(ensemble.Range.Least, -infinity, lower);
            upper = (-unlimited).WhereBelow(-ensemble.Range.Greatest, infinity, upper);
        }

        return [WithinBounds(lower), WithinBounds(upper), Times(intervals.ErrorScale)];
    }

    private OnnxTensor WithinBounds(OnnxTensor value) => value.Within(ensemble.Bounds.Lower, ensemble.Bounds.Upper);
}
