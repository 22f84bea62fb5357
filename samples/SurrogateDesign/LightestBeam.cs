namespace SurrogateDesign;

/// <summary>The lightest beam that carries a load with at most some deflection, by the slopes of the surrogate.</summary>
public static class LightestBeam
{
    private const double FirstStep = 0.2;
    private const double LastStep = 1e-4;

    // Least and greatest width, height and taper.
    private static readonly (double Least, double Greatest)[] s_box = [(20, 60), (40, 120), (0.3, 1)];

    /// <summary>
    /// Steps in the logarithms of the inputs: lighter along the mass's own slopes as far as the deflection stays, and along the deflection's until the upper end of its interval meets the limit. An input at the end of its range
    /// stays there while the step leads out of it. A step that leads to a heavier beam, or beyond the limit, is taken again at half its length.
    /// </summary>
    /// <param name="surrogate">Predicts deflections.</param>
    /// <param name="load">In N.</param>
    /// <param name="limit">The greatest deflection, in mm.</param>
    public static Beam Find(Surrogate surrogate, float load, double limit)
    {
        double[] at = [60, 120, 1];
        Beam best = BeamOf(at, load);
        for (double length = FirstStep; length > LastStep;)
        {
            double[] step = Step(at, [.. surrogate.Slopes(best)[..3].Zip(at, (slope, value) => slope * value)], Math.Log(limit / surrogate.Predict(best).Upper), length);
            double[] trial = [.. Enumerable.Range(0, 3).Select(k => Math.Clamp(at[k] * Math.Exp(step[k]), s_box[k].Least, s_box[k].Greatest))];
            Beam beam = BeamOf(trial, load);
            if (surrogate.Predict(beam).Upper <= limit && beam.Mass < best.Mass) (at, best) = (trial, beam);
            else length /= 2;
        }

        return best;
    }

    /// <param name="at">Width, height and taper.</param>
    /// <param name="slopes">Of the logarithm of the deflection, by their logarithms.</param>
    /// <param name="room">By how much it may rise.</param>
    /// <param name="length">The greatest length of each part of the step.</param>
    private static double[] Step(double[] at, double[] slopes, double room, double length)
    {
        double[] mass = [1, 1, at[2] / (1 + at[2])];
        bool[] isFree = [true, true, true];
        while (true)
        {
            double[] free = [.. isFree.Select(each => each ? 1.0 : 0)], s = [.. slopes.Zip(free, (slope, each) => slope * each)], m = [.. mass.Zip(free, (slope, each) => slope * each)];
            double size = Math.Sqrt(Dot(s, s));
            if (size == 0) return [0, 0, 0];
            double[] lighter = [.. m.Zip(s, (own, other) => (Dot(m, s) / (size * size) * other) - own)];
            double rise = Math.Clamp(room / size, -length, length), scale = length / Math.Max(Math.Sqrt(Dot(lighter, lighter)), 1e-9);
            double[] step = [.. lighter.Zip(s, (own, other) => (scale * own) + (rise * other / size))];
            int blocked = Array.FindIndex([0, 1, 2], k => isFree[k] && (step[k] < 0 ? at[k] <= s_box[k].Least : step[k] > 0 && at[k] >= s_box[k].Greatest));
            if (blocked < 0) return step;
            isFree[blocked] = false;
        }
    }

    private static Beam BeamOf(double[] at, float load) => new() { Width = (float)at[0], Height = (float)at[1], Taper = (float)at[2], Load = load };

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
