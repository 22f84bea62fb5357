using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Core.Training;

/// <summary>Precisions as a part of a state.</summary>
internal static class EvidenceState
{
    internal static void WriteEvidence(this StateWriter writer, Evidence? evidence)
    {
        writer.Write(evidence is not null);
        if (evidence is null) return;
        writer.Write(evidence.NoisePrecision);
        writer.Write(evidence.Precisions);
        writer.Write(evidence.EffectiveParameters);
    }

    /// <param name="reader">Where they are read from.</param>
    /// <param name="groups">How many groups of parameters there are; 0 where the penalty is fixed.</param>
    internal static Evidence? ReadEvidence(this StateReader reader, int groups)
    {
        reader.Check(reader.ReadBoolean("whether the penalty adapts") == groups > 0, "precisions where there are none, or none where there are some");
        if (groups == 0) return null;
        double noise = reader.ReadFinite("the precision of the noise");
        double[] precisions = reader.ReadFinite(groups, "the precisions"), effective = reader.ReadFinite(groups, "the effective parameters");
        reader.Check(precisions.Append(noise).All(value => value > 0) && effective.All(value => value >= 0), "a precision that is not positive, or a negative number of effective parameters");
        return new Evidence(noise, precisions, effective);
    }
}
