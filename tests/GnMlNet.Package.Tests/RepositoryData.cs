namespace GnMlNet.Package.Tests;

/// <summary>The tables that come with the repository.</summary>
internal static class RepositoryData
{
    /// <summary>Copies them into the folder <c>data</c> of another one.</summary>
    internal static void CopyTo(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        foreach (string table in Directory.GetFiles(Path.Combine(PackageFeed.RepositoryRoot, "data"), "*.csv")) File.Copy(table, Path.Combine(folder, "data", Path.GetFileName(table)), overwrite: true);
    }
}
