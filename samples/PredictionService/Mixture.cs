using System.Text.Json.Serialization;
using Microsoft.ML.Data;

namespace PredictionService;

/// <summary>What concrete is mixed of, in kilograms for a cubic metre, and how old it is, in days; named as the columns of the table.</summary>
public sealed class Mixture
{
    private static readonly string[] s_negative = ["must be at least 0"];

    [ColumnName("cement"), JsonPropertyName("cement")]
    public float Cement { get; set; }

    [ColumnName("blast_furnace_slag"), JsonPropertyName("blast_furnace_slag")]
    public float Slag { get; set; }

    [ColumnName("fly_ash"), JsonPropertyName("fly_ash")]
    public float FlyAsh { get; set; }

    [ColumnName("water"), JsonPropertyName("water")]
    public float Water { get; set; }

    [ColumnName("superplasticizer"), JsonPropertyName("superplasticizer")]
    public float Superplasticizer { get; set; }

    [ColumnName("coarse_aggregate"), JsonPropertyName("coarse_aggregate")]
    public float CoarseAggregate { get; set; }

    [ColumnName("fine_aggregate"), JsonPropertyName("fine_aggregate")]
    public float FineAggregate { get; set; }

    [ColumnName("age"), JsonPropertyName("age")]
    public float Age { get; set; }

    /// <summary>The label of the table, which a saved pipeline may ask for and which no prediction depends on.</summary>
    [ColumnName("compressive_strength"), JsonIgnore]
    public float MeasuredStrength { get; set; }

    /// <summary>What cannot be, by column.</summary>
    public Dictionary<string, string[]> Problems()
    {
        (string Name, float Value)[] amounts =
        [
            ("cement", Cement), ("blast_furnace_slag", Slag), ("fly_ash", FlyAsh), ("water", Water), ("superplasticizer", Superplasticizer), ("coarse_aggregate", CoarseAggregate), ("fine_aggregate", FineAggregate), ("age", Age),
        ];
        Dictionary<string, string[]> problems = amounts.Where(amount => !(amount.Value >= 0)).ToDictionary(amount => amount.Name, _ => s_negative);
        if (Cement == 0) problems["cement"] = ["must be above 0"];
        return problems;
    }
}
