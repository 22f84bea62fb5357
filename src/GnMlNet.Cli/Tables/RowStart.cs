using GnMlNet.Cli.Reading;

namespace GnMlNet.Cli.Tables;

/// <summary>Where reading of a file begins that somebody else has gone through before.</summary>
/// <param name="Row">The first row, by number from 0.</param>
/// <param name="Forms">How the cells are written, as the other found it.</param>
internal sealed record RowStart(int Row, CellForms Forms);
