using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Samples.Tests;

/// <summary>The service on the loopback, with a model of the concrete table that is trained here.</summary>
public sealed class PredictionServiceTests : IDisposable
{
    private const int Clients = 8;
    private const int RequestsOfAClient = 25;

    private readonly string _model = Path.Combine(Path.GetTempPath(), $"concrete-{Guid.NewGuid():N}.zip");
    private readonly MLContext _context = new(seed: 1);
    private readonly string[] _names;
    private readonly IDataView _scored;
    private readonly Process _service;
    private readonly HttpClient _client;

    public PredictionServiceTests()
    {
        string table = Path.Combine(AppContext.BaseDirectory, "concrete.csv");
        _names = File.ReadLines(table).First().Split(',');
        TextLoader.Column[] columns = [.. _names.Select((name, k) => new TextLoader.Column(name, DataKind.Single, k))];
        IDataView data = _context.Data.LoadFromTextFile(table, columns, separatorChar: ',', hasHeader: true);
        var model = _context.Transforms.Concatenate("Features", _names[..^1])
            .Append(_context.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options { LabelColumnName = _names[^1], NumberOfHiddenUnits = 4, MaximumNumberOfIterations = 10, Kernel = null }))
            .Fit(data);
        _context.Model.Save(model, data.Schema, _model);
        _scored = model.Transform(data);

        _service = SampleProgram.Start("PredictionService", "--model", _model, "--urls", "http://127.0.0.1:0");
        const string listening = "Now listening on: ";
        string line = "";
        while (!line.Contains(listening, StringComparison.Ordinal)) line = _service.StandardOutput.ReadLine() ?? throw new InvalidOperationException(_service.StandardError.ReadToEnd());
        _ = _service.StandardOutput.ReadToEndAsync();
        _client = new HttpClient { BaseAddress = new Uri(line[(line.IndexOf(listening, StringComparison.Ordinal) + listening.Length)..].Trim()) };
    }

    [Fact]
    public async Task Eight_clients_at_once_get_what_the_model_says()
    {
        Dictionary<string, float>[] rows = [.. Rows(Clients * RequestsOfAClient)];
        (float Score, float Lower, float Upper)[] expected = [.. _scored.GetColumn<float>("Score").Zip(_scored.GetColumn<float>("Lower"), _scored.GetColumn<float>("Upper"))];

        async Task<int> Wrong(int client)
        {
            int wrong = 0;
            for (int k = client; k < rows.Length; k += Clients)
            {
                using HttpResponseMessage response = await _client.PostAsJsonAsync("strength", rows[k]);
                JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
                (float, float, float) got = (answer.GetProperty("strength").GetSingle(), answer.GetProperty("lower").GetSingle(), answer.GetProperty("upper").GetSingle());
                if (got != expected[k]) wrong++;
            }

            return wrong;
        }

        int[] wrong = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => Wrong(client))));
        wrong.Sum().Should().Be(0);
    }

    [Fact]
    public async Task What_cannot_be_mixed_is_refused_by_name()
    {
        using HttpResponseMessage response = await _client.PostAsJsonAsync("strength", new Dictionary<string, float> { ["cement"] = -1, ["water"] = 180 });
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).Should().Contain("\"cement\":[\"must be");
    }

    private IEnumerable<Dictionary<string, float>> Rows(int count) =>
        from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "concrete.csv")).Skip(1).Take(count)
        select _names[..^1].Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => float.Parse(cell.Second, CultureInfo.InvariantCulture));

    public void Dispose()
    {
        _client.Dispose();
        _service.Kill(entireProcessTree: true);
        _service.Dispose();
        File.Delete(_model);
    }
}
