namespace GnMlNet.Package.Tests;

/// <summary>A project that references the trainer.</summary>
public sealed class TrainerConsumer() : PackageConsumer("GnMlNet");
