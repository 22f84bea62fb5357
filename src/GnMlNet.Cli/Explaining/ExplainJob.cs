using GnMlNet.Cli.Models;
using GnMlNet.Cli.Reading;
using GnMlNet.Core.Insight;

namespace GnMlNet.Cli.Explaining;

/// <summary>The work of <c>gnml explain</c>: the rows of a file through the whole pipeline, changed and predicted again.</summary>
internal sealed class ExplainJob
{
    private readonly ExplainSettings _settings;
    private readonly SavedModel _model;
    private readonly ExplainedPipeline _pipeline;
    private readonly IReadOnlyList<int>? _columns;
    private readonly IReadOnlyList<int> _changing;

    /// <exception cref="UserError">The model or the file cannot be used, or a column or row is not there.</exception>
    internal ExplainJob(ExplainSettings settings)
    {
        _settings = settings;
        _model = SavedModel.Load(settings.Model);
        _pipeline = _model.Explain(TableFile.Open(settings.Data, settings.Reading), settings.Threads);
        _columns = settings.Columns.Count == 0 ? null : Resolve("--columns", settings.Columns);
        _changing = settings.Change is null ? [] : Resolve("--change", settings.Change.Columns);
        if (settings.Row > _pipeline.Rows.Count) throw new UserError($"--row must be from 1 to {_pipeline.Rows.Count}, the rows of {settings.Data}; {settings.Row} is not.");
    }

    /// <summary>Does the work.</summary>
    /// <param name="advance">Told the share that is done, in [0, 1].</param>
    /// <param name="stop">Ends it.</param>
    internal ExplainResult Run(IProgress<double>? advance, CancellationToken stop)
    {
        // What cannot be changed is refused before the long work.
        double[]? row = _settings.Row is { } number ? _pipeline.Rows[number - 1] : null;
        WhatIfResult? change = _settings.Change is null ? null : WhatIf.Find(_pipeline, _pipeline.Rows, row!, _settings.Change.Target, _changing, cancellation: stop);
        EffectReport effects = Effects.Of(_pipeline, _pipeline.Rows, _columns, new EffectOptions { Rows = _settings.Rows, Pairs = _settings.Pairs, InteractionRows = Math.Min(_settings.Rows, new EffectOptions().InteractionRows) }, advance, stop);
        return new ExplainResult(Path.GetFileName(_settings.Data), _model.Label, ModelSummary.Describe(_model.Network), _pipeline.Rows.Count, effects, row is null ? null : ExplainedRow.Of(_pipeline, row, _settings.Row!.Value), change);
    }

    /// <summary>The columns of names between commas; a name may have commas itself.</summary>
    private List<int> Resolve(string option, IReadOnlyList<string> words)
    {
        string[] names = [.. _pipeline.Columns.Select(column => column.Name)];
        var found = new List<int>();
        foreach (string word in words)
        {
            string[] parts = word.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            foreach (string name in names.Contains(word) ? [word] : parts)
            {
                int place = Array.IndexOf(names, name);
                if (place < 0) throw new UserError($"{option}: the model depends on no column '{name}'; it depends on {string.Join(", ", names.Select(known => $"'{known}'"))}.");
                if (!found.Contains(place)) found.Add(place);
            }
        }

        return found;
    }
}
