namespace GnMlNet.Package.Tests;

/// <summary>A project that references the package of the trainer and nothing else.</summary>
public sealed class TrainerConsumer() : PackageConsumer(("GnMlNet", "*"));
