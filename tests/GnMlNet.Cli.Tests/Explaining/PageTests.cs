using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace GnMlNet.Cli.Tests.Explaining;

/// <summary>Pages in a browser.</summary>
public sealed class PageTests(ExplainedFile file) : IClassFixture<ExplainedFile>
{
    [BrowserFact]
    public async Task The_page_asks_for_nothing_reports_no_error_and_tells_the_value_under_the_pointer()
    {
        string path = Explain(out string folder);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await Launch(playwright);
        IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1200, Height = 900 } });
        List<string> messages = [], requests = [];
        page.Console += (_, message) => messages.Add(message.Text);
        page.PageError += (_, error) => messages.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);
        await page.GotoAsync(new Uri(path).AbsoluteUri);

        string[][] curves = [.. File.ReadLines(Path.Combine(folder, "effects.csv")).Skip(1).Where(line => line.StartsWith("x1,", StringComparison.Ordinal) && line.Contains(",partial dependence,", StringComparison.Ordinal)).Select(line => line.Split(','))];
        ILocator section = page.Locator("section.beside", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "x1", Exact = true }) }), chart = section.Locator("svg.chart");
        await chart.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await chart.BoundingBoxAsync())!;
        double[] values = [.. curves.Select(row => double.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture))];
        (double left, double right) = (76.0 / 560 * box.Width, (560.0 - 16) / 560 * box.Width);
        foreach (int place in new[] { 0, 3, 11, curves.Length - 1 })
        {
            double x = left + ((values[place] - values[0]) / (values[^1] - values[0]) * (right - left));
            await page.Mouse.MoveAsync((float)(box.X + x), box.Y + (box.Height / 2));
            string told = await section.Locator("output").InnerTextAsync();
            told.Should().StartWith($"x1 {Output.Cells.Significant(values[place])}: {Output.Cells.Significant(double.Parse(curves[place][4], System.Globalization.CultureInfo.InvariantCulture))}");
        }

        await page.Mouse.MoveAsync(box.X - 20, box.Y - 20);
        (await section.Locator("output").InnerTextAsync()).Should().BeEmpty();
        await chart.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        (await section.Locator("output").InnerTextAsync()).Should().StartWith($"x1 {Output.Cells.Significant(values[0])}:");
        messages.Should().BeEmpty();
        requests.Should().ContainSingle("the page is one file").Which.Should().StartWith("file:");
    }

    [BrowserFact]
    public async Task Pages_have_no_barriers_that_axe_finds_on_bright_and_dark_and_narrow_screens()
    {
        string explained = Explain(out _), trained = file.Gnml.PathOf("trained.html");
        CommandLine.Succeed("train", "--data", file.Table, "--label", "y", "--ensemble", "2", "--hidden", "3", "--iterations", "5", "--report", trained, "--out", file.Gnml.PathOf("other.zip"));
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await Launch(playwright);
        foreach (string path in new[] { explained, trained })
        {
            foreach ((ColorScheme scheme, int width) in new[] { (ColorScheme.Light, 1200), (ColorScheme.Dark, 1200), (ColorScheme.Light, 360) })
            {
                await using IBrowserContext context = await browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 }, BypassCSP = true });
                IPage page = await context.NewPageAsync();
                await page.GotoAsync(new Uri(path).AbsoluteUri);
                AxeResult result = await page.RunAxe();
                result.Violations.Select(violation => $"{violation.Id}: {violation.Help} {string.Join("; ", violation.Nodes.Select(node => node.Html))}").Should().BeEmpty($"{path}, {scheme}, {width}");
                (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).Should().BeTrue("nothing is wider than the screen");
            }
        }
    }

    private string Explain(out string folder)
    {
        (string path, folder) = (file.Gnml.PathOf("explain.html"), file.Gnml.PathOf("csv"));
        CommandLine.Succeed("explain", file.Model, "--data", file.Table, "--rows", "60", "--out", path, "--csv", folder, "--target", "2", "--row", "2", "--change", "x1,x2");
        return path;
    }

    private static Task<IBrowser> Launch(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserFactAttribute.Path, Args = ["--no-sandbox"] });
}
