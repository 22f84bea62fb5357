namespace GnMlNet.Core.Data;

/// <summary>Rows that belong together, such as the measurements of one specimen: what is to hold for rows of new groups must be judged on groups that were left out as a whole.</summary>
internal static class RowGroups
{
    /// <summary>A number from 0 on for every row, the same for rows of one group and for no others; in the order of their first appearance.</summary>
    /// <param name="groups">The group of every row, or null for a row that is one of its own.</param>
    internal static int[] Number(IReadOnlyList<int?> groups)
    {
        var found = new Dictionary<int, int>();
        var numbers = new int[groups.Count];
        int count = 0;
        for (int j = 0; j < numbers.Length; j++)
        {
            if (groups[j] is not { } group) numbers[j] = count++;
            else if (!found.TryGetValue(group, out numbers[j])) found.Add(group, numbers[j] = count++);
        }

        return numbers;
    }

    /// <summary>The same rows, those of one number behind the first of them.</summary>
    /// <param name="rows">Rows in any order.</param>
    /// <param name="numbers">The number of every row of the table.</param>
    internal static int[] Gather(int[] rows, int[] numbers) => [.. rows.GroupBy(row => numbers[row]).SelectMany(group => group)];

    /// <summary>Partitions rows into folds of about the same size without cutting a group: in a given order, each group goes into the smallest fold.</summary>
    /// <param name="order">All rows in random order.</param>
    /// <param name="numbers">The number of every row's group.</param>
    /// <param name="folds">How many folds; each gets a group where there are as many.</param>
    /// <returns>The fold of every row.</returns>
    internal static int[] Fold(int[] order, int[] numbers, int folds)
    {
        const int none = -1;
        int[] foldOf = new int[order.Length], sizes = new int[folds], rowsOf = new int[numbers.Length], foldOfGroup = new int[numbers.Length];
        foreach (int number in numbers) rowsOf[number]++;
        Array.Fill(foldOfGroup, none);
        foreach (int row in order)
        {
            ref int fold = ref foldOfGroup[numbers[row]];
            if (fold == none)
            {
                fold = Array.IndexOf(sizes, sizes.Min());
                sizes[fold] += rowsOf[numbers[row]];
            }

            foldOf[row] = fold;
        }

        return foldOf;
    }

    /// <summary>The rows' weights, for a row of a group divided by those of the group: a new row is one of a new group, of which all these rows are one example.</summary>
    /// <param name="groups">The group of every row, or null for a row that is one of its own.</param>
    /// <param name="weights">The weight of every row.</param>
    /// <param name="counted">The rows that are counted; the others stay as they are.</param>
    internal static double[] WeighEachAsOne(IReadOnlyList<int?> groups, double[] weights, IReadOnlyList<int> counted)
    {
        double[] shares = [.. weights];
        foreach (IGrouping<int?, int> group in counted.Where(row => groups[row] is not null).GroupBy(row => groups[row]))
        {
            double sum = group.Sum(row => weights[row]);
            foreach (int row in group) shares[row] /= sum;
        }

        return shares;
    }
}
