using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Core.Training;

/// <summary>A history as a part of a state.</summary>
internal static class TrainingIterationState
{
    private const int Size = (4 * sizeof(int)) + sizeof(bool) + (9 * sizeof(double));

    internal static void WriteHistory(this StateWriter writer, List<TrainingIteration> history)
    {
        writer.Write(history.Count);
        foreach (TrainingIteration at in history)
        {
            writer.Write(at.Start);
            writer.Write(at.Iteration);
            writer.Write(at.RejectedSteps);
            writer.Write(at.CurvatureRows);
            writer.Write(at.CurvatureInSinglePrecision);
            writer.Write([at.Loss, at.MeanSquaredError, at.ValidationError, at.GradientNorm, at.Damping, at.StepNorm, at.GainRatio, at.NoisePrecision, at.EffectiveParameters]);
        }
    }

    /// <summary>Reads a history; its figures tell what happened and need not be finite.</summary>
    internal static List<TrainingIteration> ReadHistory(this StateReader reader)
    {
        int count = reader.ReadCount(Size, "iterations");
        var history = new List<TrainingIteration>(count);
        for (int i = 0; i < count; i++)
        {
            int start = reader.ReadInt32(0, int.MaxValue, "a start"), iteration = reader.ReadInt32(0, int.MaxValue, "an iteration");
            int rejected = reader.ReadInt32(0, int.MaxValue, "a number of rejected steps"), rows = reader.ReadInt32(0, int.MaxValue, "a number of rows");
            bool isSingle = reader.ReadBoolean("whether a matrix was in single precision");
            double[] at = reader.ReadAny(9, "figures of an iteration");
            history.Add(new TrainingIteration(start, iteration, at[0], at[1], at[2], at[3], at[4], at[5], at[6], rejected, rows, isSingle, at[7], at[8]));
        }

        return history;
    }
}
