// Design with a surrogate: a few hundred runs of a simulation train a model; the model says what matters, its slopes lead to the lightest beam that is stiff enough, and its interval says how far to trust that before
// one more run of the simulation checks it.
//   dotnet run --project samples/SurrogateDesign -c Release
using SurrogateDesign;

const float load = 2000;
const double limit = 5;

var surrogate = new Surrogate(Beam.Design(200, seed: 1));
Console.WriteLine($"what deflection depends on: {string.Join(", ", surrogate.Effects)}");

Beam[] fresh = Beam.Design(200, seed: 2);
double error = Math.Sqrt(fresh.Average(beam => Math.Pow((surrogate.Predict(beam).Deflection / beam.Deflection) - 1, 2)));
double held = fresh.Average(beam => surrogate.Predict(beam).Lower <= beam.Deflection && beam.Deflection <= surrogate.Predict(beam).Upper ? 1.0 : 0.0);
Console.WriteLine($"on 200 other beams: relative error {error:P2}, {held:P0} within their intervals");

Beam best = LightestBeam.Find(surrogate, load, limit);
(double deflection, double lower, double upper) = surrogate.Predict(best);
Console.WriteLine($"lightest beam for {load} N and at most {limit} mm: {best.Width:F1} mm wide, {best.Height:F1} mm high at the wall, {best.Height * best.Taper:F1} mm at the tip, {best.Mass:F2} kg");
Console.WriteLine($"predicted deflection {deflection:F3} mm, between {lower:F3} and {upper:F3}");
Console.WriteLine($"simulated deflection {best.Simulate().Deflection:F3} mm");
