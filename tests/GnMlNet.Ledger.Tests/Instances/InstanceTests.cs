using GnMlNet.Balls;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Tests.Instances;

public class InstanceTests
{
    public static TheoryData<string> Seeded => [.. InstanceMaker.All.Select(recipe => recipe.Name)];

    [Theory, MemberData(nameof(Seeded))]
    public void The_file_of_a_seeded_instance_is_what_its_recipe_makes(string name) =>
        InstanceData.Named(name).ToJson().Should().Be(InstanceMaker.All.Single(recipe => recipe.Name == name).Make().ToJson());

    [Fact]
    public void The_seeded_instances_are_of_every_kind()
    {
        foreach (IReadOnlyList<Recipe> recipes in new[] { Recipes.Overparameterized, Recipes.Underparameterized })
        {
            recipes.Should().HaveCountGreaterThanOrEqualTo(20);
            recipes.Select(recipe => (recipe.Rows, recipe.Dimension, recipe.Units)).Distinct().Should().HaveCountGreaterThanOrEqualTo(4);
            recipes.Select(recipe => (recipe.IsLogistic, recipe.IsPseudoHuber, recipe.IsNoisy)).Distinct().Should().HaveCountGreaterThanOrEqualTo(6);
            Dyadic[] conditions = [.. recipes.Select(recipe => new Constants(recipe.Make().At(192))).Select(constants => (constants.GreatestEigenvalue / constants.SmallestEigenvalue).Ball.Upper)];
            conditions.Should().Contain(condition => condition > 100_000_000).And.Contain(condition => condition < 1000);
        }
    }

    [Fact]
    public void Numbers_are_written_exactly()
    {
        var random = new SplitMix(1);
        for (int k = 0; k < 200; k++)
        {
            Dyadic value = random.Normal() << ((k % 40) - 20);
            Ball read = Ball.FromDecimal(DecimalText.Of(value), 256);
            read.IsExact.Should().BeTrue();
            read.Midpoint.Should().Be(value);
        }
    }
}
