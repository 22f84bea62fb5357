namespace GnMlNet.Core.Data;

/// <summary>A table in memory as a source.</summary>
internal sealed class TableSource(RegressionData data) : IRowSource
{
    public int InputSize => data.InputSize;

    public long RowCount => data.RowCount;

    public bool HasGroups => data.HasGroups;

    public IReadOnlyList<CategoryRange> Categories => data.Categories;

    public IEnumerable<SourceBlock> Blocks()
    {
        int?[] groups = data.HasGroups ? data.Groups() : [];
        int first = 0;
        foreach (RowBlock block in data.Blocks)
        {
            yield return new SourceBlock(block, data.HasGroups ? groups.AsMemory(first, block.RowCount) : default);
            first += block.RowCount;
        }
    }
}
