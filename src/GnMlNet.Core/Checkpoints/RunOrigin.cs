using System.Reflection;
using System.Runtime.InteropServices;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Checkpoints;

/// <summary>All that the bits of a run come from: the program and the kind of machine, the choices, the tables and the model that it begins with. Threads and memory are not among it.</summary>
internal sealed class RunOrigin
{
    private readonly List<(string Name, string Value)> _settings;
    private readonly TableFingerprint _training;
    private readonly TableFingerprint? _validation;
    private readonly string _initial;

    /// <param name="settings">The choices by their names in the core.</param>
    /// <param name="training">The training rows.</param>
    /// <param name="validation">The validation rows, or null.</param>
    /// <param name="initial">What tells the model that training begins with from others; empty without one.</param>
    internal RunOrigin(IEnumerable<(string Name, string Value)> settings, IRowSource training, RegressionData? validation, string initial)
        : this(Version, Machine, [.. settings], TableFingerprint.Of(training), validation is null ? null : TableFingerprint.Of(new TableSource(validation)), initial)
    {
    }

    private RunOrigin(string program, string machine, List<(string Name, string Value)> settings, TableFingerprint training, TableFingerprint? validation, string initial) =>
        (Program, On, _settings, _training, _validation, _initial) = (program, machine, settings, training, validation, initial);

    private static string Version => typeof(RunOrigin).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    // Powers and logarithms are those of the system, and sums run across vectors.
    private static string Machine
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : OperatingSystem.IsLinux() ? "Linux" : "another system";
            return FormattableString.Invariant($"{system} on {RuntimeInformation.ProcessArchitecture} with vectors of {VectorWidth.Bits} bits");
        }
    }

    private string Program { get; }

    private string On { get; }

    internal void Write(StateWriter writer)
    {
        writer.Write(Program);
        writer.Write(On);
        writer.Write(_settings.Count);
        foreach ((string name, string value) in _settings)
        {
            writer.Write(name);
            writer.Write(value);
        }

        _training.Write(writer);
        writer.Write(_validation is not null);
        _validation?.Write(writer);
        writer.Write(_initial);
    }

    internal static RunOrigin Read(StateReader reader)
    {
        string program = reader.ReadText("the version of GnMlNet"), machine = reader.ReadText("the machine");
        int count = reader.ReadCount(2 * sizeof(int), "options");
        List<(string, string)> settings = [.. Enumerable.Range(0, count).Select(_ => (reader.ReadText("the name of an option"), reader.ReadText("the value of an option")))];
        TableFingerprint training = TableFingerprint.Read(reader);
        TableFingerprint? validation = reader.ReadBoolean("whether there are validation rows") ? TableFingerprint.Read(reader) : null;
        return new RunOrigin(program, machine, settings, training, validation, reader.ReadText("the model that training began with"));
    }

    /// <summary>What keeps the present run from going on from a checkpoint of this one, or null.</summary>
    /// <param name="present">The present run.</param>
    /// <param name="path">The file.</param>
    internal CheckpointRefusal? Difference(RunOrigin present, string path)
    {
        CheckpointRefusal? Refuse((string Recorded, string Present)? difference) => difference is { } found ? new CheckpointRefusal(path, Option: null, found.Recorded, found.Present) : null;
        if (Program != present.Program) return Refuse(($"of GnMlNet {Program}", $"GnMlNet {present.Program}, which may compute other bits"));
        if (On != present.On) return Refuse(($"of {On}", $"{present.On}, which rounds otherwise"));
        foreach ((string name, string value) in _settings)
        {
            string now = present._settings.Find(setting => setting.Name == name).Value ?? "not set";
            if (now != value) return new CheckpointRefusal(path, name, value, now);
        }

        foreach ((string name, string value) in present._settings)
        {
            if (!_settings.Exists(setting => setting.Name == name)) return new CheckpointRefusal(path, name, "not set", value);
        }

        if (_training.Difference(present._training, "a table") is { } ofTraining) return Refuse(ofTraining);
        if (_validation is null != present._validation is null) return Refuse((_validation is null ? "of a run without validation rows" : "of a run with validation rows", _validation is null ? "one with them" : "one without"));
        if (_validation?.Difference(present._validation!, "validation rows") is { } ofValidation) return Refuse((ofValidation.Recorded, $"a run with {ofValidation.Present}"));
        return _initial == present._initial ? null : Refuse((_initial.Length == 0 ? "of a run that began at random weights" : "of a run that began with a certain model", present._initial.Length == 0 ? "one that begins at random weights" : "one that begins with another"));
    }
}
