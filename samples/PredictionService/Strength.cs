namespace PredictionService;

/// <summary>What the model says: only the columns that are named here are computed.</summary>
public sealed class Strength
{
    public float Score { get; set; }

    public float Lower { get; set; }

    public float Upper { get; set; }
}
