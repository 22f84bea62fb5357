using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;

namespace GnMlNet.ModelFile;

/// <summary>The part of an ensemble that holds its kernel block, features and labels of the training among it. docs/model-file.md describes it.</summary>
internal static class KernelPayload
{
    internal static void Write(BinaryWriter body, IReadOnlyList<KernelMember> members)
    {
        // Members that see the same points share them.
        double[][] tables = [.. members.SelectMany(Tables).Distinct()];
        body.Write(members.Count);
        if (members.Count == 0) return;
        int inputs = members[0].InputSize;
        body.Write(tables.Length);
        foreach (double[] table in tables)
        {
            body.Write(table.Length / inputs);
            WriteNumbers(body, table);
        }

        LabelledRows[] rights = [.. members.Select(member => member.Equations).OfType<KernelEquations>().Select(LabelledRows.Of).Distinct()];
        body.Write(rights.Length);
        foreach ((double[] labels, double[] weights) in rights)
        {
            body.Write(labels.Length);
            WriteNumbers(body, labels);
            WriteNumbers(body, weights);
        }

        foreach (KernelMember member in members)
        {
            body.Write(member.Map);
            body.Write((int)member.Form);
            body.Write(member.NoiseVariance);
            body.Write(member.LogEvidence);
            WriteKernel(body, member.Expansion.Kernel);
            body.Write(member.Expansion.IsInSinglePrecision);
            body.Write(Array.IndexOf(tables, member.Expansion.CentreTable));
            WriteNumbers(body, member.Expansion.Coefficients);
            WriteEquations(body, member.Equations, rights);
            body.Write(member.Posterior is not null);
            if (member.Posterior is null) continue;
            body.Write(Array.IndexOf(tables, member.Posterior.CentreTable));
            WriteNumbers(body, member.Posterior.Triangle);
        }
    }

    /// <param name="body">The body, at this part.</param>
    /// <param name="inputs">d.</param>
    /// <param name="remaining">How many bytes are left.</param>
    /// <param name="check">Throws where something does not hold.</param>
    internal static KernelMember[] Read(BinaryReader body, int inputs, Func<long> remaining, Action<bool, string> check)
    {
        double[] Numbers(long count, string what)
        {
            check(count >= 0 && count <= remaining() / sizeof(double), $"{what}: {count} numbers do not fit into it");
            var numbers = new double[count];
            for (long i = 0; i < count; i++) numbers[i] = body.ReadDouble();
            check(numbers.All(double.IsFinite), $"{what}: a number is not finite");
            return numbers;
        }

        int memberCount = body.ReadInt32();
        check(memberCount >= 0 && memberCount <= remaining() / sizeof(double), $"{memberCount} members of a kernel block do not fit into it");
        if (memberCount == 0) return [];
        int tableCount = body.ReadInt32();
        check(tableCount >= 1 && tableCount <= remaining() / sizeof(int), $"{tableCount} tables of points do not fit into it");
        var tables = new double[tableCount][];
        for (int t = 0; t < tableCount; t++)
        {
            int points = body.ReadInt32();
            check(points >= 1, $"a table of {points} points");
            tables[t] = Numbers((long)points * inputs, "a table of points");
        }

        int rightCount = body.ReadInt32();
        check(rightCount >= 0 && rightCount <= remaining() / sizeof(int), $"{rightCount} lists of labels do not fit into it");
        var rights = new LabelledRows[rightCount];
        for (int r = 0; r < rightCount; r++)
        {
            int rows = body.ReadInt32();
            rights[r] = new LabelledRows(Numbers(rows, "labels of a kernel block"), Numbers(rows, "weights of a kernel block"));
            check(rights[r].Weights.All(weight => weight > 0), "a weight of a kernel block is not positive");
        }

        double[] Table(int number)
        {
            check(number >= 0 && number < tableCount, $"table number {number} of {tableCount}");
            return tables[number];
        }

        var members = new KernelMember[memberCount];
        for (int k = 0; k < memberCount; k++)
        {
            int map = body.ReadInt32(), form = body.ReadInt32();
            check(Enum.IsDefined((KernelForm)form), $"kernel form number {form}");
            double noise = body.ReadDouble(), evidence = body.ReadDouble();
            check(noise > 0 && double.IsFinite(noise), $"a noise of variance {noise}");
            RadialKernel kernel = ReadKernel(inputs, Numbers, check);
            bool isSingle = body.ReadBoolean();
            double[] centres = Table(body.ReadInt32()), coefficients = Numbers(centres.Length / inputs, "coefficients of a kernel");
            var expansion = new KernelExpansion(kernel, centres, coefficients, isSingle);
            KernelEquations? equations = ReadEquations(body, rights, coefficients.Length, check);
            PosteriorVariance? posterior = null;
            if (body.ReadBoolean())
            {
                double[] of = Table(body.ReadInt32());
                long count = of.Length / inputs;
                posterior = new PosteriorVariance(kernel, of, Numbers(count * (count + 1) / 2, "a triangle"));
            }

            members[k] = new KernelMember(map, (KernelForm)form, expansion, noise, evidence, posterior, equations);
        }

        return members;
    }

    private static IEnumerable<double[]> Tables(KernelMember member) =>
        member.Posterior is null ? [member.Expansion.CentreTable] : [member.Expansion.CentreTable, member.Posterior.CentreTable];

    private static void WriteEquations(BinaryWriter body, KernelEquations? equations, LabelledRows[] rights)
    {
        body.Write(equations is not null);
        if (equations is null) return;
        body.Write(Array.IndexOf(rights, LabelledRows.Of(equations)));
        body.Write(equations.Jitter);
    }

    private static KernelEquations? ReadEquations(BinaryReader body, LabelledRows[] rights, int coefficients, Action<bool, string> check)
    {
        if (!body.ReadBoolean()) return null;
        int number = body.ReadInt32();
        check(number >= 0 && number < rights.Length, $"list of labels number {number} of {rights.Length}");
        LabelledRows rows = rights[number];
        check(rows.Labels.Length == coefficients, $"{rows.Labels.Length} labels for {coefficients} coefficients of a kernel");
        double jitter = body.ReadDouble();
        check(jitter >= 0 && double.IsFinite(jitter), $"{jitter} on the diagonal of a kernel's equations");
        return new KernelEquations(rows.Labels, rows.Weights, jitter);
    }

    private static void WriteKernel(BinaryWriter body, RadialKernel kernel)
    {
        body.Write(kernel.LaplaceVariance);
        WriteNumbers(body, [.. kernel.LaplaceRates]);
        body.Write(kernel.GaussianVariance);
        WriteNumbers(body, [.. kernel.GaussianRates]);
        body.Write(kernel.Constant);
    }

    private static RadialKernel ReadKernel(int inputs, Func<long, string, double[]> numbers, Action<bool, string> check)
    {
        double[] all = numbers((2L * inputs) + 3, "a kernel");
        check(all.All(value => value >= 0), "a rate or a variance of a kernel is negative");
        return new RadialKernel(all[0], all[1..(inputs + 1)], all[inputs + 1], all[(inputs + 2)..^1], all[^1]);
    }

    private static void WriteNumbers(BinaryWriter body, ReadOnlySpan<double> numbers)
    {
        foreach (double number in numbers) body.Write(number);
    }

    /// <summary>What members share of their equations; equal where both arrays are the same ones.</summary>
    private readonly record struct LabelledRows(double[] Labels, double[] Weights)
    {
        internal static LabelledRows Of(KernelEquations equations) => new(equations.Labels, equations.Weights);
    }
}
