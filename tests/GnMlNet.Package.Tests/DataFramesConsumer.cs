namespace GnMlNet.Package.Tests;

/// <summary>A project that references the package for data frames.</summary>
public sealed class DataFramesConsumer() : PackageConsumer("GnMlNet.DataFrames");
