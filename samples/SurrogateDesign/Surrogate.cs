using GnMlNet;
using GnMlNet.Core.Ensembles;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SurrogateDesign;

/// <summary>A model in the place of the simulation: of the logarithm of the deflection, which is what varies over orders of magnitude, smooth so that it has slopes everywhere.</summary>
public sealed class Surrogate
{
    private static readonly string[] s_inputs = [nameof(Beam.Width), nameof(Beam.Height), nameof(Beam.Taper), nameof(Beam.Load)];

    private readonly MLContext _context = new(seed: 1);
    private readonly TransformerChain<RegressionPredictionTransformer<GaussNewtonRegressionModelParameters>> _model;

    /// <param name="beams">Simulated beams.</param>
    public Surrogate(Beam[] beams)
    {
        // A simulation has no noise: where errors are this small, intervals on the careful side.
        var options = new GaussNewtonRegressionTrainer.Options { LabelColumnName = nameof(Trial.LogDeflection), Kernel = new() { Smooth = true }, Intervals = IntervalKind.LeftOutRows };
        IDataView rows = _context.Data.LoadFromEnumerable(beams.Select(Trial.Of));
        _model = _context.Transforms.Concatenate("Features", s_inputs).Append(_context.Regression.Trainers.GaussNewtonRegression(options)).Fit(rows);
        Effects = [.. _context.Regression.FeatureEffects(_model, rows).Columns.OrderByDescending(column => column.Strength).Select(column => $"{column.Name} ({column.Strength:F2})")];
    }

    /// <summary>The inputs, the strongest first, with how much the logarithm varies along each.</summary>
    public IReadOnlyList<string> Effects { get; }

    /// <summary>The deflection with its interval, in mm.</summary>
    public (double Deflection, double Lower, double Upper) Predict(Beam beam)
    {
        IntervalPrediction at = Ensemble.PredictInterval(Features(beam));
        return (Math.Exp(at.Score), Math.Exp(at.Lower), Math.Exp(at.Upper));
    }

    /// <summary>By how much the logarithm of the deflection rises with each input: exact derivatives, in the order width, height, taper, load.</summary>
    public double[] Slopes(Beam beam) => [.. Ensemble.Slopes([.. Features(beam).Select(value => (double)value)]).Select(slope => slope.Middle)];

    private NetworkEnsemble Ensemble => _model.LastTransformer.Model.Ensemble!;

    private static float[] Features(Beam beam) => [beam.Width, beam.Height, beam.Taper, beam.Load];

    private sealed class Trial
    {
        public float Width { get; set; }

        public float Height { get; set; }

        public float Taper { get; set; }

        public float Load { get; set; }

        public float LogDeflection { get; set; }

        internal static Trial Of(Beam beam) => new() { Width = beam.Width, Height = beam.Height, Taper = beam.Taper, Load = beam.Load, LogDeflection = MathF.Log(beam.Deflection) };
    }
}
