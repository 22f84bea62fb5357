namespace GnMlNet.Cluster.Messages;

/// <summary>How far an order is, and what became of it.</summary>
[GenerateSerializer, Immutable, Alias("gnml.state")]
internal sealed class WorkState
{
    [Id(0)]
    public required WorkStage Stage { get; init; }

    /// <summary>How many bytes each answer has.</summary>
    [Id(1)]
    public long[] AnswerBytes { get; init; } = [];

    /// <summary>What the exception said.</summary>
    [Id(2)]
    public string Failure { get; init; } = "";
}
