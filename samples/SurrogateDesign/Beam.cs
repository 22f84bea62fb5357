namespace SurrogateDesign;

/// <summary>A tapered cantilever of steel, one metre long, loaded at its tip: what a simulation is given and what it gives.</summary>
public sealed class Beam
{
    private const double Length = 1000;
    private const double ElasticModulus = 210_000;
    private const double ShearModulus = 80_000;
    private const double Density = 7.85e-6;

    /// <summary>Width in mm, 20 to 60.</summary>
    public float Width { get; set; }

    /// <summary>Height at the wall in mm, 40 to 120.</summary>
    public float Height { get; set; }

    /// <summary>Height at the tip over that at the wall, 0.3 to 1.</summary>
    public float Taper { get; set; }

    /// <summary>Load in N, 500 to 3,000.</summary>
    public float Load { get; set; }

    /// <summary>What the simulation gives: how far the tip gives way, in mm.</summary>
    public float Deflection { get; set; }

    /// <summary>Mass in kg, which needs no simulation.</summary>
    public double Mass => Density * Length * Width * Height * (1 + Taper) / 2;

    /// <summary>The simulation: bending and shear along the beam, integrated by Simpson's rule.</summary>
    public Beam Simulate()
    {
        const int steps = 2000;
        double sum = 0;
        for (int k = 0; k <= steps; k++)
        {
            double x = Length * k / steps, height = Height * (1 - ((1 - Taper) * x / Length)), arm = Length - x;
            double inertia = Width * height * height * height / 12, area = Width * height;
            double slope = (Load * arm * arm / (ElasticModulus * inertia)) + (1.2 * Load / (ShearModulus * area));
            sum += slope * (k == 0 || k == steps ? 1 : k % 2 == 1 ? 4 : 2);
        }

        return new Beam { Width = Width, Height = Height, Taper = Taper, Load = Load, Deflection = (float)(sum * Length / steps / 3) };
    }

    /// <summary>Beams spread evenly over all ranges (a Latin hypercube), each simulated.</summary>
    public static Beam[] Design(int count, int seed)
    {
        var random = new Random(seed);
        float[] Spread(float least, float greatest)
        {
            float[] values = [.. Enumerable.Range(0, count).Select(k => least + ((greatest - least) * (k + random.NextSingle()) / count))];
            random.Shuffle(values);
            return values;
        }

        float[] widths = Spread(20, 60), heights = Spread(40, 120), tapers = Spread(0.3f, 1), loads = Spread(500, 3000);
        return [.. Enumerable.Range(0, count).Select(k => new Beam { Width = widths[k], Height = heights[k], Taper = tapers[k], Load = loads[k] }.Simulate())];
    }
}
