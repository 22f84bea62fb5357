using System.Text.Json;
using GnMlNet.Cluster.Costs;

namespace GnMlNet.Cli.Clustering;

/// <summary>The rates in a file that <c>gnml cluster bench --json</c> wrote.</summary>
internal static class RatesFile
{
    /// <exception cref="UserError">It cannot be read, or is no such file; the message names it and what it lacks.</exception>
    internal static ClusterRates Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement rates = Member(document.RootElement, path, "rates");
            double Time(string name) => Number(name, number => number >= 0, "of at least 0");
            double Rate(string name) => Number(name, number => number > 0, "above 0");
            double Number(string name, Func<double, bool> isInRange, string range)
            {
                JsonElement value = Member(rates, path, name);
                if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) && isInRange(number)) return number;
                throw new UserError($"'{path}': 'rates.{name}' must be a finite number {range}; '{value}' is not.");
            }

            return new ClusterRates
            {
                CallSeconds = Time("callSeconds"),
                CoordinatorSecondsOfCall = Time("coordinatorSecondsOfCall"),
                BytesPerSecond = Rate("bytesPerSecond"),
                GradientProductsPerSecond = Rate("gradientProductsPerSecond"),
                GramProductsPerSecond = Rate("gramProductsPerSecond"),
                NumbersPerSecond = Rate("numbersPerSecond"),
                SolvingProductsPerSecond = Rate("solvingProductsPerSecond"),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserError($"'{path}' is no file of rates: {error.Message.TrimEnd('.')}. Let 'gnml cluster bench --json' write one.");
        }
    }

    private static JsonElement Member(JsonElement of, string path, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement value) ? value : throw new UserError($"'{path}' has no '{name}'. Let 'gnml cluster bench --json' write it.");
}
