namespace GnMlNet.Package.Tests;

/// <summary>Programs on the pages of the documentation.</summary>
[Collection(PackageConsumer.Shared)]
public class DocumentationTests(PackageConsumer consumer)
{
    public static TheoryData<string, int> Programs
    {
        get
        {
            var programs = new TheoryData<string, int>();
            foreach (string page in Directory.GetFiles(Path.Combine(PackageFeed.RepositoryRoot, "docs"), "*.md").Order())
            {
                for (int k = 0; k < MarkdownPage.Blocks(File.ReadAllText(page), "csharp").Length; k++) programs.Add(Path.GetFileName(page), k);
            }

            return programs;
        }
    }

    [Theory, MemberData(nameof(Programs))]
    public void A_program_compiles_without_a_warning_and_runs_to_its_end(string page, int number)
    {
        RepositoryData.CopyTo(consumer.Folder);
        consumer.Replace(MarkdownPage.Blocks(File.ReadAllText(Path.Combine(PackageFeed.RepositoryRoot, "docs", page)), "csharp")[number]).Should().BeEmpty();
        consumer.RunProgram().Should().NotBeEmpty();
    }
}
