namespace ConsolePipeline;

/// <summary>What was paid for a flat, and what the model says of it.</summary>
public sealed class Valuation
{
    public float Price { get; set; }

    public float Score { get; set; }

    public float Lower { get; set; }

    public float Upper { get; set; }
}
