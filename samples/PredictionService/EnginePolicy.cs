using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;

namespace PredictionService;

/// <summary>Makes engines of one model, which is loaded once.</summary>
public sealed class EnginePolicy : PooledObjectPolicy<PredictionEngine<Mixture, Strength>>
{
    private readonly MLContext _context = new();
    private readonly ITransformer _model;

    /// <param name="path">The saved model.</param>
    public EnginePolicy(string path) => _model = _context.Model.Load(path, out _);

    public override PredictionEngine<Mixture, Strength> Create() => _context.Model.CreatePredictionEngine<Mixture, Strength>(_model);

    public override bool Return(PredictionEngine<Mixture, Strength> engine) => true;
}
