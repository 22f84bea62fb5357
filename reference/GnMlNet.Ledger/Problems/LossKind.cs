using System.Text.Json.Serialization;

namespace GnMlNet.Ledger.Problems;

/// <summary>The losses of instances, as their files name them.</summary>
internal enum LossKind
{
    /// <summary>|psi - y|^2.</summary>
    Quadratic,

    /// <summary>An eighth of it.</summary>
    [JsonStringEnumMemberName("quadratic/8")]
    EighthOfQuadratic,

    /// <summary>The pseudo-Huber loss and a quadratic.</summary>
    [JsonStringEnumMemberName("pseudo-huber")]
    PseudoHuber,
}
