using System.Text.Json;
using System.Text.Json.Serialization;
using GnMlNet.Ledger.Problems;
using GnMlNet.Reference.Networks;

namespace GnMlNet.Ledger.Instances;

/// <summary>The exact numbers of an instance, as decimal text in a file of the folder data.</summary>
/// <param name="Name">Its name, which is the file's.</param>
/// <param name="About">What it is for.</param>
/// <param name="Activation">sigma.</param>
/// <param name="Loss">g.</param>
/// <param name="Inputs">X, one array for each of the n rows.</param>
/// <param name="Signs">c, m numbers.</param>
/// <param name="InitialWeights">w_init, one array for each of the m units.</param>
/// <param name="Targets">y, n numbers.</param>
internal sealed record InstanceData(
    string Name, string About, Sigmoid Activation, LossKind Loss, string[][] Inputs, int[] Signs, string[][] InitialWeights, string[] Targets)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) } };

    /// <summary>n.</summary>
    internal int Rows => Inputs.Length;

    /// <summary>d.</summary>
    internal int Dimension => Inputs[0].Length;

    /// <summary>p = m d.</summary>
    internal int Parameters => Signs.Length * Dimension;

    /// <summary>How many units have hidden weights that no earlier unit has: the others' columns of J(w_init) are the same up to the sign, so its rank is at most this times d.</summary>
    internal int DistinctUnits => InitialWeights.Select(unit => string.Join(' ', unit)).Distinct().Count();

    /// <summary>What seeded points are drawn by: a number of the name, the same everywhere.</summary>
    internal ulong Seed => Name.Aggregate(0UL, (seed, letter) => (31 * seed) + letter);

    /// <summary>A number in [0, 12) of the name, by which parameters are taken in turn from three or four choices.</summary>
    internal int InTurn => (int)(Seed % 12);

    /// <summary>Reads the file of an instance.</summary>
    internal static InstanceData Named(string name)
    {
        using Stream stream = typeof(InstanceData).Assembly.GetManifestResourceStream(name + ".json") ?? throw new ArgumentException($"There is no instance '{name}'.", nameof(name));
        return JsonSerializer.Deserialize<InstanceData>(stream, Options) ?? throw new FormatException($"The file of instance '{name}' is empty.");
    }

    /// <summary>The text of its file.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, Options) + "\n";

    /// <summary>The problem at a precision.</summary>
    internal Problem At(int bits)
    {
        Real Number(string text) => Real.Parse(text, bits);
        var inputs = RealMatrix.Of(Inputs.Length, Inputs[0].Length, (j, k) => Number(Inputs[j][k]));
        Real[] targets = [.. Targets.Select(Number)];
        Problems.Loss loss = Loss switch
        {
            LossKind.PseudoHuber => new PseudoHuberLoss(targets),
            LossKind.EighthOfQuadratic => new QuadraticLoss(targets, 3),
            _ => new QuadraticLoss(targets),
        };
        return new Problem(new Network(Problems.Activation.Of(Activation), inputs, Signs), [.. InitialWeights.SelectMany(unit => unit).Select(Number)], loss, bits);
    }
}
