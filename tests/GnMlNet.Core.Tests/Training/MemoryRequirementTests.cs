using CsCheck;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Training;

public class MemoryRequirementTests
{
    private static readonly Gen<MemoryRequirement> Requirements = Gen.Select(Gen.Int[1, 2_000], Gen.Int[1, 2_000], Gen.Long[1, 1_000_000_000])
        .Select((inputs, hidden, rows) => new MemoryRequirement(new NetworkShape(inputs, hidden), rows));

    [Fact]
    public void The_largest_hidden_size_fits_and_one_more_does_not() => Gen.Select(Requirements, Gen.Long[1, 1L << 40]).Sample((requirement, limit) =>
    {
        int largest = requirement.LargestHiddenSize(limit);
        MemoryRequirement With(int hidden) => requirement with { Shape = requirement.Shape with { HiddenSize = hidden } };
        if (largest > 0) With(largest).Refusal(limit).Should().BeNull();
        if (largest + 1 < requirement.Shape.HiddenSize) With(largest + 1).Refusal(limit).Should().NotBeNull();
    });

    [Fact]
    public void A_refusal_comes_exactly_above_the_limit_and_has_both_figures() => Gen.Select(Gen.Int[1, 300], Gen.Int[1, 100], Gen.Long[1, 1_000_000_000]).Sample((inputs, hidden, rows) =>
    {
        var requirement = new MemoryRequirement(new NetworkShape(inputs, hidden), rows);
        requirement.Refusal(requirement.Bytes).Should().BeNull();
        MemoryRefusal refusal = requirement.Refusal(requirement.Bytes - 1)!;
        (refusal.Bytes, refusal.Limit).Should().Be(((double)requirement.Bytes, (double)requirement.Bytes - 1));
    });
}
