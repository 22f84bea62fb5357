namespace GnMlNet.Cli.Tests.Explaining;

/// <summary>A fact about a page in a browser; reported as skipped where no Chromium is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    private static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

    public BrowserFactAttribute() => Skip = Path is null ? $"No Chromium was found at {string.Join(", ", s_places)}; on Debian 'apt-get install chromium' brings it." : null;

    /// <summary>Where Chromium is; null where it is not.</summary>
    internal static string? Path => Array.Find(s_places, File.Exists);
}
