using GnMlNet.Core.Ensembles;

namespace GnMlNet.Onnx;

/// <summary>Members of one kind in the graph.</summary>
internal sealed class MemberGroup
{
    private readonly OnnxTensor _values;
    private readonly MemberTensors[] _members;

    /// <param name="members">What they say, at least one.</param>
    /// <param name="limit">What becomes of their values.</param>
    /// <param name="hasPlainMean">Whether outliers are left where they are.</param>
    internal MemberGroup(MemberTensors[] members, Func<OnnxTensor, OnnxTensor> limit, bool hasPlainMean)
    {
        _members = members;
        _values = limit(members[0].Value.Graph.Concatenated([.. members.Select(member => member.Value)]));
        Mean = (hasPlainMean || members.Length == 1 ? _values : DrawnIn()).Mean();
    }

    /// <summary>The mean of their values.</summary>
    internal OnnxTensor Mean { get; }

    /// <summary>The mean variance of those that keep it, and the variance between them.</summary>
    internal OnnxTensor Variance
    {
        get
        {
            OnnxTensor spread = (_values - _values.Mean()).Squared.Mean();
            OnnxTensor[] kept = [.. _members.Select(member => member.Variance).OfType<OnnxTensor>()];
            return kept.Length == 0 ? spread : spread + spread.Graph.Concatenated(kept).Mean();
        }
    }

    /// <summary>The values with outliers drawn in to some robust deviations from the median.</summary>
    private OnnxTensor DrawnIn()
    {
        OnnxTensor median = Median(_values);
        OnnxTensor reach = Median((_values - median).Magnitude) * NetworkEnsemble.MostMedianDistances;
        return _values.AtLeast(median - reach).AtMost(median + reach);
    }

    private OnnxTensor Median(OnnxTensor values)
    {
        OnnxTensor sorted = values.Graph.Sorted(values, _members.Length);
        int first = (_members.Length - 1) / 2, end = (_members.Length / 2) + 1;
        return sorted.Columns(first, end).Mean();
    }
}
