namespace GnMlNet.Package.Tests;

public sealed class ToolTests(InstalledTool tool) : IClassFixture<InstalledTool>
{
    [Fact]
    public void A_few_commands_train_explain_export_and_predict()
    {
        tool.Run("gnml train --data data/concrete.csv --label compressive_strength --out model.zip").Should().Contain("FastTree");
        tool.Run("gnml explain model.zip --data data/concrete.csv --rows 40 --out explain.html").Should().Contain("Strongest pair");
        tool.Run("gnml export model.zip --onnx model.onnx --check data/concrete.csv").Should().Contain("model.onnx");
        tool.Run("gnml predict model.zip --data data/concrete.csv --out predictions.csv");

        string[] rows = File.ReadAllLines(Path.Combine(tool.Folder, "data", "concrete.csv")), predictions = File.ReadAllLines(Path.Combine(tool.Folder, "predictions.csv"));
        predictions.Should().HaveSameCount(rows);
        predictions[0].Should().Be(rows[0] + ",Score,Lower,Upper");
        File.ReadAllText(Path.Combine(tool.Folder, "explain.html")).Should().Contain("</svg>");
    }

    public static TheoryData<string> Pages => [.. DocumentationPages.With("sh")];

    [Theory, MemberData(nameof(Pages))]
    public void Commands_on_a_page_of_documentation_run_in_their_order(string page)
    {
        foreach (string line in DocumentationPages.Blocks(page, "sh").SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))) tool.Run(line);
    }
}
