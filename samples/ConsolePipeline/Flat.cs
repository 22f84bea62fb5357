namespace ConsolePipeline;

/// <summary>A flat and what was paid for it, in thousands.</summary>
public sealed class Flat
{
    private static readonly string[] s_districts = ["centre", "north", "south"];

    public float Area { get; set; }

    public float Age { get; set; }

    public string District { get; set; } = "";

    public float Price { get; set; }

    /// <summary>Flats drawn at random; of every twentieth the area is not known.</summary>
    public static IEnumerable<Flat> Draw(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            float area = 30 + (120 * random.NextSingle()), age = 80 * random.NextSingle(), noise = random.NextSingle() + random.NextSingle() - 1;
            int district = random.Next(s_districts.Length);
            float price = (area * (6 - (2 * district)) * (0.6f + (0.4f * MathF.Exp(-age / 20)))) + (40 * noise);
            yield return new Flat { Area = i % 20 == 0 ? float.NaN : area, Age = age, District = s_districts[district], Price = price };
        }
    }
}
