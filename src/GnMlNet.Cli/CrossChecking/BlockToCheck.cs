using GnMlNet.Core.Kernels;
using GnMlNet.Reference.Blocks;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>A member of a kernel block that is to be checked, or why some are not.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="File">What its files are called.</param>
/// <param name="Form">How its coefficients were found.</param>
/// <param name="Block">Its numbers, or null where it is not checked.</param>
/// <param name="Computed">What the fast path computes of it.</param>
/// <param name="Reason">Why it is not checked, or null where it is.</param>
internal sealed record BlockToCheck(string Name, string File, KernelForm Form, RecordedBlock? Block, ComputedBlockValues? Computed, string? Reason);
