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
        consumer.Replace(string.Concat(DocumentationPages.Blocks(page, "csharp"))).Should().BeEmpty();
        consumer.RunProgram().Should().NotBeEmpty();
    }
}
