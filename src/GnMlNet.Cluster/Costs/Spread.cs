using System.Text.Json.Serialization;

namespace GnMlNet.Cluster.Costs;

/// <summary>What of an ensemble's training is spread over the silos of a cluster.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Spread>))]
public enum Spread
{
    /// <summary>The rows: every step of a member is a sum over all silos.</summary>
    Rows,

    /// <summary>The members: every silo trains some of them by itself, on all rows.</summary>
    Members,
}
