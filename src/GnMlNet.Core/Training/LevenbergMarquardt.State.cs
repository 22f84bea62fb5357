using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Core.Training;

/// <summary>The state between two iterations, from which another optimizer for the same objective and options goes on with the same bits.</summary>
internal sealed partial class LevenbergMarquardt
{
    /// <summary>The numbers in a whole theta.</summary>
    internal int ParameterCount => checked((int)_objective.Shape.ParameterCount);

    internal void WriteState(StateWriter writer)
    {
        writer.Write(_start);
        writer.Write(_attempts);
        writer.Write(_parameters);
        writer.Write(_loss);
        writer.Write(_gradient);
        writer.WriteHistory(_history);
        _monitor.WriteState(writer);
        writer.WriteEvidence(Evidence?.Current);
        _sampling.WriteState(writer);
        _curvature.WriteState(writer);
        writer.Write(_damping is not null);
        if (_damping is not null)
        {
            writer.Write(_damping is ThresholdDamping);
            writer.Write(_damping.Initial);
            _damping.WriteState(writer);
        }

        Step.WriteState(writer);
    }

    /// <summary>Takes the place of <see cref="Begin"/>.</summary>
    /// <param name="reader">What another optimizer wrote.</param>
    /// <param name="monitor">A new monitor, which takes over the best parameters so far.</param>
    internal void ReadState(StateReader reader, ValidationMonitor monitor)
    {
        _start = reader.ReadInt32(0, int.MaxValue, "the number of the start");
        _attempts = reader.ReadInt32(0, int.MaxValue, "the number of attempts");
        _parameters = reader.ReadFinite(ParameterCount, "the parameters");
        _loss = reader.ReadAny("the loss");
        _gradient = reader.ReadAny(_gradient.Length, "the gradient");
        // From a loss that is no number no step is taken.
        reader.Check(!double.IsFinite(_loss) || _gradient.All(double.IsFinite), "a gradient that is not finite");
        _history = reader.ReadHistory();
        reader.Check(_history.Count > 0, "there are no iterations");
        _monitor = monitor;
        monitor.ReadState(reader, _parameters.Length);
        Evidence? evidence = reader.ReadEvidence(Evidence?.GroupCount ?? 0);
        Evidence?.Begin(evidence);
        _sampling = NewSampling();
        _sampling.ReadState(reader);
        _curvature = new ResidualCurvaturePolicy();
        _curvature.ReadState(reader);
        _damping = reader.ReadBoolean("whether there is a damping") ? ReadDamping(reader) : null;
        Step.ReadState(reader);
    }

    private static Damping ReadDamping(StateReader reader)
    {
        bool isOfInexactSteps = reader.ReadBoolean("the kind of damping");
        double initial = reader.ReadFinite("the first damping", least: 0);
        Damping damping = isOfInexactSteps ? new ThresholdDamping(initial) : new NielsenDamping(initial);
        damping.ReadState(reader);
        return damping;
    }
}
