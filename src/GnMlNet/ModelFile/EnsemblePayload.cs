using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;

namespace GnMlNet.ModelFile;

/// <summary>The part of a model's body that holds an ensemble. docs/model-file.md describes it.</summary>
internal static class EnsemblePayload
{
    private const int ColumnSize = 8 * sizeof(double);

    internal static void Write(BinaryWriter body, NetworkEnsemble ensemble)
    {
        WriteScale(body, ensemble.Label);
        body.Write(ensemble.Range.Least);
        body.Write(ensemble.Range.Greatest);
        body.Write(ensemble.KernelWeight);
        body.Write(ensemble.HasPlainMeans);
        WriteIntervals(body, ensemble.Intervals);
        WriteNumbers(body, [.. ensemble.Relevance]);
        body.Write(ensemble.Maps.Count);
        foreach (ColumnMap column in ensemble.Maps.SelectMany(map => map.Columns)) WriteColumn(body, column);
        NetworkMember[] networks = [.. ensemble.Members.OfType<NetworkMember>()];
        body.Write(networks.Length);
        foreach (NetworkMember member in networks) WriteMember(body, member);
        KernelPayload.Write(body, [.. ensemble.Members.OfType<KernelMember>()]);
    }

    /// <param name="body">The body, at this part.</param>
    /// <param name="shape">The shape of every member.</param>
    /// <param name="activation">The activation of every member.</param>
    /// <param name="remaining">How many bytes are left.</param>
    /// <param name="check">Throws where something does not hold.</param>
    internal static NetworkEnsemble Read(BinaryReader body, NetworkShape shape, Activation activation, Func<long> remaining, Action<bool, string> check)
    {
        ColumnScale label = ReadScale(body);
        double least = body.ReadDouble(), greatest = body.ReadDouble(), weight = body.ReadDouble();
        check(least <= greatest, $"predictions from {least} to {greatest}");
        bool hasPlainMeans = body.ReadBoolean();
        PredictionIntervals? intervals = ReadIntervals(body, check);
        check(shape.InputSize <= remaining() / sizeof(double), $"the relevance of {shape.InputSize} features does not fit into it");
        double[] relevance = ReadNumbers(body, shape.InputSize);
        int mapCount = body.ReadInt32();
        check(mapCount >= 1 && mapCount <= remaining() / ColumnSize / shape.InputSize, $"{mapCount} maps of features do not fit into it");
        FeatureMap[] maps = [.. Enumerable.Range(0, mapCount).Select(_ => new FeatureMap([.. Enumerable.Range(0, shape.InputSize).Select(_ => ReadColumn(body))]))];
        check(maps.SelectMany(map => map.Columns).All(column => double.IsFinite(column.Power) && column.Least <= column.Greatest && column.Softness >= 0), "a map of features has no power, no range or no border");
        int networkCount = body.ReadInt32();
        check(networkCount >= 0 && networkCount <= remaining() / sizeof(double) / Math.Max(1, shape.ParameterCount), $"{networkCount} networks of {shape.ParameterCount} parameters do not fit into it");
        check(networkCount == 0 || shape.HiddenSize >= 1, $"{networkCount} networks of {shape.HiddenSize} hidden units");
        var networks = new NetworkMember[networkCount];
        for (int k = 0; k < networkCount; k++) networks[k] = ReadMember(body, shape, activation, remaining, check);
        KernelMember[] kernel = KernelPayload.Read(body, shape.InputSize, remaining, check);
        EnsembleMember[] members = [.. networks, .. kernel];
        check(members.Length > 0, "it has no members");
        check(weight is >= 0 and <= 1 && weight < 1 == networkCount > 0 && weight > 0 == kernel.Length > 0, $"a weight of {weight} for {networkCount} networks and {kernel.Length} members of a kernel block");
        check(members.All(member => member.Map >= 0 && member.Map < mapCount), $"a member has a map number that is not one of {mapCount}");
        return new NetworkEnsemble(maps, members, label, new LabelRange(least, greatest), weight) { Intervals = intervals, Relevance = relevance, HasPlainMeans = hasPlainMeans };
    }

    private static void WriteMember(BinaryWriter body, NetworkMember member)
    {
        body.Write(member.Map);
        WriteNumbers(body, member.Network.Parameters);
        body.Write(member.Evidence is not null);
        if (member.Evidence is { } evidence)
        {
            body.Write(evidence.NoisePrecision);
            WriteNumbers(body, evidence.Precisions);
            WriteNumbers(body, evidence.EffectiveParameters);
        }

        body.Write(member.Leverage is not null);
        if (member.Leverage is null) return;
        foreach (float value in member.Leverage.Triangle) body.Write(value);
    }

    private static NetworkMember ReadMember(BinaryReader body, NetworkShape shape, Activation activation, Func<long> remaining, Action<bool, string> check)
    {
        int map = body.ReadInt32(), parameters = checked((int)shape.ParameterCount), groups = shape.InputSize + 3;
        check(parameters <= remaining() / sizeof(double), $"{parameters} parameters do not fit into it");
        double[] theta = ReadNumbers(body, parameters);
        check(theta.All(double.IsFinite), "a parameter is not finite");
        Evidence? evidence = null;
        if (body.ReadBoolean())
        {
            check(groups <= remaining() / (2 * sizeof(double)), $"the precisions of {groups} groups do not fit into it");
            double noise = body.ReadDouble();
            double[] precisions = ReadNumbers(body, groups), effective = ReadNumbers(body, groups);
            check(precisions.Append(noise).All(value => value > 0 && double.IsFinite(value)), "a precision is not positive and finite");
            check(effective.All(value => value >= 0 && double.IsFinite(value)), "a number of effective parameters is negative or not finite");
            evidence = new Evidence(noise, precisions, effective);
        }

        return new NetworkMember(new Network(shape, activation, theta), map, evidence, ReadLeverage(body, parameters, remaining, check));
    }

    private static Leverage? ReadLeverage(BinaryReader body, long parameters, Func<long> remaining, Action<bool, string> check)
    {
        if (!body.ReadBoolean()) return null;
        long length = parameters * (parameters + 1) / 2;
        check(length <= remaining() / sizeof(float), $"a triangle of {length} numbers does not fit into it");
        var triangle = new float[length];
        for (int i = 0; i < triangle.Length; i++) triangle[i] = body.ReadSingle();
        check(triangle.All(float.IsFinite), "a number of a triangle is not finite");
        return new Leverage((int)parameters, triangle);
    }

    private static void WriteIntervals(BinaryWriter body, PredictionIntervals? intervals)
    {
        body.Write((int)(intervals?.Kind ?? IntervalKind.None));
        if (intervals is null) return;
        body.Write(intervals.Level);
        body.Write(intervals.NoiseVariance);
        body.Write(intervals.ConstantLeverage);
        body.Write(intervals.Quantile);
        body.Write(intervals.ErrorScale);
    }

    private static PredictionIntervals? ReadIntervals(BinaryReader body, Action<bool, string> check)
    {
        var kind = (IntervalKind)body.ReadInt32();
        check(Enum.IsDefined(kind), $"intervals of kind {(int)kind}");
        if (kind == IntervalKind.None) return null;
        var intervals = new PredictionIntervals(kind, body.ReadDouble(), body.ReadDouble(), body.ReadDouble(), body.ReadDouble(), body.ReadDouble());
        check(intervals.Level is > 0 and < 1, $"intervals of level {intervals.Level}");
        check(intervals is { NoiseVariance: >= 0, ConstantLeverage: >= 0, Quantile: >= 0, ErrorScale: >= 0 }, "a width of its intervals is negative");
        return intervals;
    }

    private static void WriteColumn(BinaryWriter body, ColumnMap column)
    {
        WriteScale(body, column.Scale);
        body.Write(column.Power);
        body.Write(column.Least);
        body.Write(column.Greatest);
        WriteScale(body, column.BentScale);
        body.Write(column.Softness);
    }

    private static ColumnMap ReadColumn(BinaryReader body) =>
        new(ReadScale(body), body.ReadDouble(), body.ReadDouble(), body.ReadDouble(), ReadScale(body), body.ReadDouble());

    private static void WriteScale(BinaryWriter body, ColumnScale scale)
    {
        body.Write(scale.Mean);
        body.Write(scale.Deviation);
    }

    private static ColumnScale ReadScale(BinaryReader body) => new(body.ReadDouble(), body.ReadDouble());

    private static void WriteNumbers(BinaryWriter body, ReadOnlySpan<double> numbers)
    {
        foreach (double number in numbers) body.Write(number);
    }

    private static double[] ReadNumbers(BinaryReader body, int count)
    {
        var numbers = new double[count];
        for (int i = 0; i < count; i++) numbers[i] = body.ReadDouble();
        return numbers;
    }
}
