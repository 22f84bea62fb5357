namespace GnMlNet.Package.Tests;

/// <summary>Programs on the pages of the documentation.</summary>
[Collection(DocumentationConsumer.Shared)]
public class DocumentationTests(DocumentationConsumer consumer)
{
    public static TheoryData<string> Pages => [.. DocumentationPages.With("csharp")];

    // The blocks of a page are one program.
    [Theory, MemberData(nameof(Pages))]
    public void The_program_of_a_page_compiles_without_a_warning_and_runs_to_its_end(string page)
    {
        RepositoryData.CopyTo(consumer.Folder);
        string program = string.Concat(DocumentationPages.Blocks(page, "csharp"));
        // Commands on the page train that model; here the sample of the README does.
        if (program.Contains("Load(\"concrete.zip\"", StringComparison.Ordinal) && !program.Contains("Save(\"concrete.zip\"", StringComparison.Ordinal))
        {
            consumer.Replace(MarkdownPage.Blocks(File.ReadAllText(Path.Combine(PackageFeed.RepositoryRoot, "README.md")), "csharp").Single()).Should().BeEmpty();
            consumer.RunProgram();
        }

        consumer.Replace(program).Should().BeEmpty();
        consumer.RunProgram().Should().NotBeEmpty();
    }
}
