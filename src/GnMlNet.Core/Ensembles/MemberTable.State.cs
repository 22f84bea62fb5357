using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>The table as bytes: rows in the units of the data, which are few bytes, and maps, which make the same inputs of them everywhere.</summary>
internal sealed partial class MemberTable
{
    /// <summary>About how many bytes it has.</summary>
    internal double StateBytes => (Data.RowCount * (((double)Data.InputSize * (HasSingles(Data) ? sizeof(float) : sizeof(double))) + (2 * sizeof(double))))
        + (sizeof(int) * ((_training?.Sum(rows => (double)rows.Length) ?? 0) + _leftOut.Sum(rows => (double)rows.Length)));

    /// <summary>Writes it.</summary>
    internal void WriteState(StateWriter writer)
    {
        writer.Write(Options.Run.HiddenUnits!.Value);
        writer.Write(Options.Run.Activation.Name);
        writer.Write(Options.AdaptPenalty);
        writer.Write(Options.Penalty);
        writer.Write(Options.MaximumIterations);
        writer.Write(Data.InputSize);
        writer.Write(Data.RowCount);
        writer.Write(Maps.Count);
        foreach (ColumnMap column in Maps.SelectMany(map => map.Columns))
            writer.Write([column.Scale.Mean, column.Scale.Deviation, column.Power, column.Least, column.Greatest, column.BentScale.Mean, column.BentScale.Deviation, column.Softness]);
        writer.Write([Label.Mean, Label.Deviation]);
        bool areSingles = HasSingles(Data);
        writer.Write(areSingles);
        for (int k = 0; k < Data.InputSize; k++)
        {
            if (areSingles) writer.Write(Array.ConvertAll(Data.Column(k), value => (float)value));
            else writer.Write(Data.Column(k));
        }

        writer.Write(Data.Labels());
        writer.Write(Data.Weights());
        writer.Write(_leftOut.Length);
        writer.Write(_training is not null);
        foreach (int[] rows in (_training ?? []).Concat(_leftOut)) writer.WriteCounted(rows);
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static MemberTable Read(StateReader reader)
    {
        int hidden = reader.ReadInt32(1, int.MaxValue, "the number of hidden units");
        string name = reader.ReadText("the activation");
        Activation? activation = Activation.All.FirstOrDefault(known => known.Name == name);
        reader.Check(activation is not null, $"there is no activation '{name}'");
        bool adapts = reader.ReadBoolean("whether the penalty adapts");
        double penalty = reader.ReadFinite("the penalty", least: 0);
        int iterations = reader.ReadInt32(0, int.MaxValue, "the number of iterations");
        var options = new EnsembleOptions { Run = new RunOptions { Activation = activation! }, Penalty = adapts ? null : penalty, MaximumIterations = iterations };

        int inputs = reader.ReadInt32(1, int.MaxValue, "the number of features"), rows = reader.ReadInt32(1, int.MaxValue, "the number of rows");
        int maps = reader.ReadCount(sizeof(double), "maps");
        reader.Check(maps > 0, "there are no maps");
        FeatureMap[] read = [.. Enumerable.Range(0, maps).Select(_ => ReadMap(reader, inputs))];
        var label = new ColumnScale(reader.ReadFinite("the mean of the label"), reader.ReadFinite("the deviation of the label", least: 0));
        RegressionData data = ReadRows(reader, inputs, rows);
        int members = reader.ReadCount(sizeof(int), "members");
        int[][]? training = reader.ReadBoolean("whether rows are held") ? ReadNumbers(reader, members, rows) : null;
        return new MemberTable(options.MemberOptions(hidden), data, read, label, training, ReadNumbers(reader, members, rows));
    }

    private static FeatureMap ReadMap(StateReader reader, int inputs)
    {
        const int numbers = 8;
        reader.Check(inputs <= reader.Remaining / (numbers * sizeof(double)), "its maps do not fit into it");
        var columns = new ColumnMap[inputs];
        for (int k = 0; k < inputs; k++)
        {
            double[] at = reader.ReadAny(numbers, "a column of a map");
            columns[k] = new ColumnMap(new ColumnScale(at[0], at[1]), at[2], at[3], at[4], new ColumnScale(at[5], at[6]), at[7]);
        }

        return new FeatureMap(columns);
    }

    private static RegressionData ReadRows(StateReader reader, int inputs, int rows)
    {
        bool areSingles = reader.ReadBoolean("whether features are in single precision");
        reader.Check((double)inputs * rows * (areSingles ? sizeof(float) : sizeof(double)) <= reader.Remaining, "its rows do not fit into it");
        var columns = new double[inputs][];
        for (int k = 0; k < inputs; k++) columns[k] = areSingles ? Array.ConvertAll(reader.ReadSingles(rows, "the features"), value => (double)value) : reader.ReadAny(rows, "the features");
        double[] labels = reader.ReadAny(rows, "the labels"), weights = reader.ReadAny(rows, "the weights");
        var data = new RegressionData(inputs);
        var features = new double[inputs];
        for (int j = 0; j < rows; j++)
        {
            for (int k = 0; k < inputs; k++) features[k] = columns[k][j];
            reader.Check(Array.TrueForAll(features, double.IsFinite) && double.IsFinite(labels[j]) && weights[j] > 0 && double.IsFinite(weights[j]), $"row {j} has a number that is not finite, or no weight");
            data.Add(features, labels[j], weights[j]);
        }

        return data;
    }

    private static int[][] ReadNumbers(StateReader reader, int members, int rows) => [.. Enumerable.Range(0, members).Select(_ => reader.ReadCounted(rows - 1, "rows of a member"))];

    private static bool HasSingles(RegressionData data) => data.Blocks.All(block => Array.TrueForAll(block.Values, value => (float)value == value));
}
