using System.Globalization;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Steps;

/// <summary>Which form of the step training uses, and the figures that decided: the cheaper one of those whose matrix fits into memory.</summary>
/// <param name="Form">The form.</param>
/// <param name="PrimalProducts">The multiplications that an iteration in the primal form takes, with all rows.</param>
/// <param name="DualProducts">The multiplications that an iteration in the dual form takes.</param>
/// <param name="PrimalBytes">The memory of the primal form's matrices.</param>
/// <param name="DualBytes">The memory of the dual form's matrices.</param>
/// <param name="MemoryLimit">The bytes that the matrices had to fit into.</param>
public readonly record struct StepFormChoice(
    StepForm Form, double PrimalProducts, double DualProducts, double PrimalBytes, double DualBytes, double MemoryLimit)
{
    private bool PrimalFits => PrimalBytes <= MemoryLimit;

    private bool DualFits => DualBytes <= MemoryLimit;

    /// <summary>Chooses.</summary>
    /// <param name="trained">The parameters.</param>
    /// <param name="rows">n.</param>
    /// <param name="memoryLimit">The bytes that the form may take.</param>
    internal static StepFormChoice Choose(TrainedParameters trained, long rows, double memoryLimit)
    {
        var choice = new StepFormChoice(
            default, NormalSystem.Products(trained, rows), KernelSystem.Products(trained, rows), NormalSystem.Bytes(trained), KernelSystem.Bytes(trained, rows), memoryLimit);
        bool primal = choice.PrimalFits && SymmetricMatrix.CanHold(trained.LongCount), dual = choice.DualFits && SymmetricMatrix.CanHold(rows);
        return choice with { Form = choice.Cheapest(primal, dual) };
    }

    /// <summary>One line for people: the form and why.</summary>
    public override string ToString()
    {
        FormattableString reason = Form switch
        {
            // Evidence, intervals, a flow without damping, a caller's wish, or a matrix too large for one piece of memory.
            _ when Form != Cheapest(PrimalFits, DualFits) => $"{Form}: not by cost alone; the primal form takes {PrimalProducts:E1} products an iteration, the dual {DualProducts:E1}",
            StepForm.MatrixFree => $"{Form}: the primal form needs {PrimalBytes:E1} bytes and the dual {DualBytes:E1}; {MemoryLimit:E1} are allowed",
            StepForm.Primal when !DualFits => $"{Form}: {PrimalProducts:E1} products an iteration; the dual form needs {DualBytes:E1} bytes of the {MemoryLimit:E1} allowed",
            StepForm.Dual when !PrimalFits => $"{Form}: {DualProducts:E1} products an iteration; the primal form needs {PrimalBytes:E1} bytes of the {MemoryLimit:E1} allowed",
            _ => $"{Form}: {Math.Min(PrimalProducts, DualProducts):E1} products an iteration against {Math.Max(PrimalProducts, DualProducts):E1}",
        };
        return reason.ToString(CultureInfo.InvariantCulture);
    }

    private StepForm Cheapest(bool primalFits, bool dualFits) => (primalFits, dualFits) switch
    {
        (true, true) => DualProducts < PrimalProducts ? StepForm.Dual : StepForm.Primal,
        (true, false) => StepForm.Primal,
        (false, true) => StepForm.Dual,
        _ => StepForm.MatrixFree,
    };
}
