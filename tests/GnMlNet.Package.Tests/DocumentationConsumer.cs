namespace GnMlNet.Package.Tests;

/// <summary>A project that references every package that a page of the documentation speaks of.</summary>
public sealed class DocumentationConsumer() : PackageConsumer([.. PackageFeed.Libraries.Select(package => (package, "*")), ("Microsoft.ML.OnnxConverter", "0.23.1"), ("Microsoft.ML.OnnxRuntime", "1.31.1")])
{
    /// <summary>The name of the tests that share one, one after the other.</summary>
    internal const string Shared = "documentation";
}

[CollectionDefinition(DocumentationConsumer.Shared)]
public class DocumentationConsumerTests : ICollectionFixture<DocumentationConsumer>;
