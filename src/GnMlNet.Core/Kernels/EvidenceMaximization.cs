using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Kernels;

/// <summary>Finds the parameters of a kernel that the rows make most likely: damped Gauss-Newton on the evidence, within a box of the logarithms.</summary>
internal static class EvidenceMaximization
{
    private const int MostTries = 8;
    private const double LongestStep = 1.5;

    // Holds parameters that neither rows nor prior speak of.
    private const double Ridge = 1e-6;

    /// <summary>The parameters where it ends, and E there.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="cancellation">Cancels it between two steps.</param>
    internal static (double[] Theta, double Value) Run(KernelEvidence evidence, double[] start, CancellationToken cancellation = default)
    {
        int count = start.Length;
        double[] theta = start, gradient = new double[count], step = new double[count];
        double value = evidence.Evaluate(theta);
        var curvature = new SymmetricMatrix(count);
        var factor = new Cholesky(count, new WorkSharing(1));
        EvidenceDamping damping = EvidenceDamping.Start;
        for (var progress = default(EvidenceProgress); !progress.HasEnded && double.IsFinite(value);)
        {
            cancellation.ThrowIfCancellationRequested();
            evidence.Differentiate(gradient, curvature);
            double[]? better = null;
            double fall = 0;
            for (int attempt = 0; attempt < MostTries && better is null; attempt++)
            {
                double predicted = ComputeStep(factor, curvature, gradient, damping.Value, step);
                double[] next = [.. theta.Zip(step, (at, by) => Math.Clamp(at + by, KernelParameters.Least, KernelParameters.Greatest))];
                fall = value - evidence.Evaluate(next);
                if (fall > 0) (better, damping) = (next, damping.AfterSuccess(fall / Math.Max(predicted, 1e-12)));
                else damping = damping.AfterFailure();
            }

            if (better is null) break;
            (theta, value) = (better, value - fall);
            progress = progress.After(fall, count);
        }

        return (theta, value);
    }

    /// <summary>The step -(H + mu diag H + ridge I)^-1 g, shortened to the longest one; the fall of E that the quadratic model predicts.</summary>
    private static double ComputeStep(Cholesky factor, SymmetricMatrix curvature, double[] gradient, double damping, double[] step)
    {
        double[] shift = [.. Enumerable.Range(0, gradient.Length).Select(p => (damping * curvature[p, p]) + Ridge)];
        for (int p = 0; p < step.Length; p++) step[p] = -gradient[p];
        if (!factor.TryFactor(curvature, 1, shift)) return 0;
        factor.Solve(step);
        double scale = Math.Min(1, LongestStep / Vectors.LargestMagnitude(step)), quadratic = 0;
        for (int p = 0; p < step.Length; p++) step[p] *= scale;
        for (int p = 0; p < step.Length; p++)
        {
            for (int q = 0; q < step.Length; q++) quadratic += step[p] * curvature[p, q] * step[q];
        }

        return -Vectors.Dot(gradient, step) - (quadratic / 2);
    }
}
