namespace GnMlNet.Cli.Reading;

/// <summary>What is known of how the cells of a file are written: where that suffices they are found without being taken for text.</summary>
internal interface IKnownCells
{
    /// <summary>Whether the numbers of a column are known in a notation.</summary>
    bool HaveNumbers(int column, NumberNotation notation);

    /// <summary>Whether it is known how every cell of a column is written.</summary>
    bool HaveTexts(int column);
}
