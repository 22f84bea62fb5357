// A service that predicts the strength of concrete, with an interval, from a saved model:
//   gnml train --data data/concrete.csv --label compressive_strength --out concrete.zip
//   dotnet run --project samples/PredictionService -- --model concrete.zip --urls http://localhost:5000
//   curl -d '{"cement":350,"water":180,"coarse_aggregate":1000,"fine_aggregate":750,"age":28}' -H 'Content-Type: application/json' http://localhost:5000/strength
using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using PredictionService;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string model = builder.Configuration["model"] ?? throw new InvalidOperationException("Say which model to serve: --model concrete.zip");
// An engine serves one caller at a time; the pool lends one to each request and makes more where all are lent.
builder.Services.AddSingleton(new DefaultObjectPoolProvider().Create(new EnginePolicy(model)));

WebApplication service = builder.Build();
service.MapPost("/strength", (Mixture mixture, ObjectPool<PredictionEngine<Mixture, Strength>> engines) =>
{
    if (mixture.Problems() is { Count: > 0 } problems) return Results.ValidationProblem(problems);
    PredictionEngine<Mixture, Strength> engine = engines.Get();
    try
    {
        return Results.Ok(Estimate.Of(engine.Predict(mixture)));
    }
    finally
    {
        engines.Return(engine);
    }
});
service.Run();
