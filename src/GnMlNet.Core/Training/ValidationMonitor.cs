using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Training;

/// <summary>
/// Remembers the best parameters of a run: those with the least error on the validation rows or, where there are none, the latest ones,
/// since no accepted step raises the loss.
/// </summary>
internal sealed class ValidationMonitor(PenalizedLeastSquares? validation, int patience)
{
    internal double[] BestParameters { get; private set; } = [];

    internal int BestIteration { get; private set; }

    internal double BestError { get; private set; } = double.NaN;

    /// <summary>Judges the parameters of an iteration.</summary>
    /// <returns>The mean squared error on the validation rows, or NaN where there are none.</returns>
    internal double Observe(int iteration, double[] parameters)
    {
        double error = validation?.MeanSquaredError(parameters) ?? double.NaN;
        if (validation is null || iteration == 0 || error < BestError)
        {
            if (BestParameters.Length == 0) BestParameters = new double[parameters.Length];
            parameters.CopyTo(BestParameters, 0);
            BestIteration = iteration;
            BestError = error;
        }

        return error;
    }

    internal void WriteState(StateWriter writer)
    {
        writer.Write(BestIteration);
        writer.Write(BestError);
        writer.Write(BestParameters);
    }

    /// <summary>Takes over what another one wrote for as many parameters.</summary>
    internal void ReadState(StateReader reader, int parameters)
    {
        BestIteration = reader.ReadInt32(0, int.MaxValue, "the best iteration");
        BestError = reader.ReadAny("the least validation error");
        BestParameters = reader.ReadFinite(parameters, "the best parameters");
    }

    /// <summary>Whether the validation error has not improved for too long.</summary>
    internal Termination? PatienceExhausted(int iteration) =>
        validation is not null && iteration - BestIteration >= patience
            ? new Termination(StoppingRule.ValidationPatience, iteration - BestIteration, patience)
            : null;
}
