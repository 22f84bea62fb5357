namespace GnMlNet.Preparation;

/// <summary>A column that goes into the features.</summary>
/// <param name="Name">Its name in the data view.</param>
/// <param name="Source">The column of the table that it comes from.</param>
/// <param name="IsText">Whether it is one-hot encoded; else it is a number.</param>
/// <param name="Part">Which part of dates it is; null where the source holds none.</param>
/// <param name="Offset">What is subtracted in double precision before it becomes a float; null where it is read as one.</param>
public sealed record PreparedColumn(string Name, ColumnSummary Source, bool IsText, DatePart? Part = null, double? Offset = null);
