using System.Globalization;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Kernels;

/// <summary>The memory of a kernel block, known before any of it is asked for, and the form of its solutions that fits into what is allowed.</summary>
internal static class KernelMemory
{
    // Up to so many rows the exact form takes no longer than the others.
    private const int MostExactRows = 2000;

    // The work of a product with K grows with the square of the rows: beyond this the sparse form is left.
    private const int MostConjugateGradientRows = 25_000;

    /// <summary>The form for a number of distinct rows: the most accurate one that time and memory allow.</summary>
    /// <param name="rows">n.</param>
    /// <param name="inputs">d.</param>
    /// <param name="options">The options of the block, which may ask for a form.</param>
    /// <param name="run">Threads and memory.</param>
    internal static KernelForm ChooseForm(long rows, int inputs, KernelOptions options, RunOptions run)
    {
        if (options.Form is { } asked) return asked;
        if (rows <= MostExactRows && Fits(KernelForm.Exact, rows, inputs, options, run)) return KernelForm.Exact;
        return rows is > MostExactRows and <= MostConjugateGradientRows && Fits(KernelForm.ConjugateGradients, rows, inputs, options, run) ? KernelForm.ConjugateGradients : KernelForm.Sparse;
    }

    /// <summary>What the block may take for values that need not be made again: half of what it leaves of the limit, since networks are in memory beside it.</summary>
    internal static double FreeBytes(KernelForm form, long rows, int inputs, KernelOptions options, RunOptions run) => (run.MemoryLimit - Bytes(form, rows, inputs, options, run.Threads)) / 2;

    /// <summary>Why the block does not fit into the memory limit and what would help, or null where it fits.</summary>
    /// <param name="rows">n.</param>
    /// <param name="inputs">d.</param>
    /// <param name="rates">How many of the inputs have a rate of their own: the indicators of a category share one.</param>
    /// <param name="options">The options of the block.</param>
    /// <param name="run">Threads and memory.</param>
    internal static MemoryRefusal? Refusal(long rows, int inputs, int rates, KernelOptions options, RunOptions run)
    {
        double evidence = EvidenceBytes(rows, rates, options, run.Threads);
        if (evidence > run.MemoryLimit || !SymmetricMatrix.CanHold(ParametersOf(rates)))
        {
            return new MemoryRefusal(
                string.Create(CultureInfo.InvariantCulture, $"The evidence of the kernel block, with {rates} rates of {inputs} features"),
                evidence,
                run.MemoryLimit,
                [MemoryRemedy.NoKernel, MemoryRemedy.FewerFeatures, MemoryRemedy.RaiseLimit]);
        }

        KernelForm form = ChooseForm(rows, inputs, options, run);
        if (Fits(form, rows, inputs, options, run)) return null;
        return new MemoryRefusal(
            string.Create(CultureInfo.InvariantCulture, $"The kernel block in its {form} form on {rows} rows with {inputs} features"),
            Bytes(form, rows, inputs, options, run.Threads),
            run.MemoryLimit,
            [MemoryRemedy.FewerCentres, MemoryRemedy.NoKernel, MemoryRemedy.FewerRows, MemoryRemedy.RaiseLimit]);
    }

    private static bool Fits(KernelForm form, long rows, int inputs, KernelOptions options, RunOptions run) =>
        Bytes(form, rows, inputs, options, run.Threads) <= run.MemoryLimit && form switch
        {
            KernelForm.Exact => SymmetricMatrix.CanHold(rows),
            KernelForm.ConjugateGradients => NarrowMatrix.CanHold(rows, options.Centres) && SymmetricMatrix.CanHold(options.Centres),
            _ => SymmetricMatrix.CanHold(Math.Min(rows, options.Centres)),
        };

    // A rate of each part for every group, and the scales and the noise.
    private static long ParametersOf(int rates) => (2L * rates) + 3;

    private static double EvidenceBytes(long rows, int rates, KernelOptions options, int threads) => Math.Min(threads, options.Members)
        * ((2 * SymmetricMatrix.Bytes(ParametersOf(rates))) + RowMatrix.Bytes(ParametersOf(rates), Math.Min(rows, options.EvidenceRows)));

    private static double Bytes(KernelForm form, long rows, int inputs, KernelOptions options, int threads)
    {
        double n = rows, m = Math.Min(rows, options.Centres), e = Math.Min(rows, options.EvidenceRows);
        double evidence = Math.Min(threads, options.Members) * ExactKernelFit.Bytes(e), points = 4 * RowMatrix.Bytes(inputs, n);
        double solution = form switch
        {
            KernelForm.Exact => ExactKernelFit.Bytes(n),
            KernelForm.ConjugateGradients => SparseKernelFit.Bytes(m) + NarrowMatrix.Bytes(n, m),
            _ => SparseKernelFit.Bytes(m),
        };
        return points + Math.Max(evidence, solution + SparseKernelFit.Bytes(Math.Min(n, KernelBlockTraining.MostVarianceCentres)));
    }
}
