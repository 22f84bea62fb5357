// The build. `./build.sh` runs Default: everything a contribution must pass. `./build.sh --target=NAME` runs one target and what it needs.
using System.Collections.Concurrent;
using System.Threading.Tasks;
using System.Xml.Linq;

var target = Argument("target", "Default");
var configuration = Argument("configuration", "Release");
var solution = "GnMlNet.sln";
var artifacts = Directory("artifacts");
var packages = artifacts + Directory("packages");
var results = artifacts + Directory("tests");
var benchmarks = artifacts + Directory("benchmarks");
var libraries = new[] { "src/GnMlNet.Core", "src/GnMlNet", "src/GnMlNet.DataFrames", "src/GnMlNet.Cluster", "reference/GnMlNet.Balls", "reference/GnMlNet.Reference" };

void RunTests(string project, Dictionary<string, string> environment)
{
    var name = System.IO.Path.GetFileNameWithoutExtension(project);
    DotNetTest(project, new DotNetTestSettings
    {
        Configuration = configuration,
        NoBuild = true,
        Loggers = [$"trx;LogFileName={name}.trx"],
        ResultsDirectory = results,
        EnvironmentVariables = environment,
    });
}

Task("Clean").Does(() => CleanDirectory(artifacts));

Task("Restore").Does(() => DotNetRestore(solution, new DotNetRestoreSettings { LockedMode = true }));

Task("Lint")
    .IsDependentOn("Restore")
    .Does(() => DotNetFormatWhitespace(solution, new DotNetFormatSettings { VerifyNoChanges = true, NoRestore = true }));

// Warnings are errors, and analyzers and code style run as part of the compilation.
Task("Build")
    .IsDependentOn("Restore")
    .Does(() => DotNetBuild(solution, new DotNetBuildSettings { Configuration = configuration, NoRestore = true }));

Task("Pack")
    .IsDependentOn("Clean")
    .IsDependentOn("Build")
    .Does(() =>
{
    foreach (var project in libraries)
        DotNetPack(project, new DotNetPackSettings { Configuration = configuration, NoBuild = true, OutputDirectory = packages });
    // The tool is compiled for this kind of machine, which asks for packages that a build does not need.
    DotNetPack("src/GnMlNet.Cli", new DotNetPackSettings { Configuration = configuration, OutputDirectory = packages });
});

// The tests of the ledger take the entries that the target Ledger has decided.
Task("Test")
    .IsDependentOn("Pack")
    .IsDependentOn("Ledger")
    .Does(() =>
{
    var environment = new Dictionary<string, string>
    {
        ["GNMLNET_LEDGER"] = HasArgument("full") ? "" : MakeAbsolute(artifacts + Directory("ledger")).CombineWithFilePath("ledger.json").FullPath,
        // The packages as a stranger gets them.
        ["GNMLNET_PACKAGES"] = MakeAbsolute(packages).FullPath,
    };
    // Three at a time: some tests wait for processes of their own, others for the last long one among them.
    var failures = new ConcurrentQueue<Exception>();
    var projects = Partitioner.Create(GetFiles("tests/*.Tests/*.csproj"), EnumerablePartitionerOptions.NoBuffering);
    Parallel.ForEach(projects, new ParallelOptions { MaxDegreeOfParallelism = 3 }, project =>
    {
        try { RunTests(project.FullPath, environment); }
        catch (Exception failure) { failures.Enqueue(failure); }
    });
    if (!failures.IsEmpty) throw new AggregateException(failures);
});

// Certifies the fast path on the standard runs; fails when an error exceeds its documented bound, and when other figures are undecided than those that are named.
Task("CrossCheck")
    .IsDependentOn("Clean")
    .IsDependentOn("Build")
    .Does(() => DotNetRun(
        "src/GnMlNet.Cli",
        new ProcessArgumentBuilder().Append("crosscheck").Append("--every").Append("25").Append("--expect-undecided").Append("reference/crosscheck-undecided.txt").Append("--out").Append(artifacts + Directory("crosscheck")),
        new DotNetRunSettings { Configuration = configuration, NoBuild = true }));

// Decides every statement of the paper; fails when a verdict is not the documented one. With --full all instances and long trajectories.
Task("Ledger")
    .IsDependentOn("Clean")
    .IsDependentOn("Build")
    .Does(() => DotNetRun(
        "src/GnMlNet.Cli",
        new ProcessArgumentBuilder().Append("audit").Append("--out").Append(artifacts + Directory("ledger")).Append(HasArgument("full") ? "--full" : ""),
        new DotNetRunSettings { Configuration = configuration, NoBuild = true }));

// An independent program, reference/checker/check.py, decides again what CrossCheck and Ledger certified, and must not confirm lies. Where Python or mpmath is not there a line says so.
Task("Checker")
    .IsDependentOn("CrossCheck")
    .IsDependentOn("Ledger")
    .Does(() =>
{
    int Python(params string[] arguments)
    {
        var builder = new ProcessArgumentBuilder();
        foreach (var argument in arguments) builder.AppendQuoted(argument);
        try { return StartProcess("python3", new ProcessSettings { Arguments = builder }); }
        catch (Exception) { return -1; }
    }

    if (Python("-c", "import mpmath") != 0)
    {
        Warning("The independent checker was not run: it needs Python 3 with mpmath (pip install -r reference/checker/requirements.txt).");
        return;
    }

    // More parameters than rows, which the standard runs do not have.
    var own = artifacts + Directory("checker");
    var settings = new DotNetRunSettings { Configuration = configuration, NoBuild = true };
    DotNetRun("src/GnMlNet.Cli", new ProcessArgumentBuilder().Append("trace --flow --rows 5 --hidden 40 --rho 0.1 --time 0.05 --out").Append(own), settings);
    DotNetRun("src/GnMlNet.Cli", new ProcessArgumentBuilder().Append("crosscheck --trace").Append($"{own}/trace.jsonl").Append("--out").Append(own), settings);
    var (trace, certificate, ledger) = ($"{own}/trace.jsonl", $"{own}/trace-certificate.json", $"{artifacts}/ledger/ledger.json");
    if (Python([.. new[] { "reference/checker/check.py", ledger, trace }, .. GetFiles($"{artifacts}/crosscheck/*-certificate.json").Select(file => file.FullPath)]) != 0
        || Python("reference/checker/check.py", certificate, "--trace", trace) != 0
        || Python("reference/checker/test_check.py", certificate, ledger, trace) != 0)
        throw new Exception("The independent checker does not confirm what was certified.");
});

// The documentation as a site, artifacts/docs/site: the pages of docs, the API of the packages, and the sources that pages point to, laid out as in the repository.
Task("Docs")
    .IsDependentOn("Clean")
    .IsDependentOn("Build")
    .Does(() =>
{
    var input = artifacts + Directory("docs/input");
    void Copy(string from, DirectoryPath to) { EnsureDirectoryExists(to); CopyFileToDirectory(from, to); }
    foreach (var file in GetFiles("docs/*").Where(file => file.GetFilename().ToString() != "docfx.json")) Copy(file.FullPath, input + Directory("docs"));
    Copy("src/icon.png", input + Directory("docs"));
    Copy("docs/docfx.json", input);
    CopyDirectory("docs/template", input + Directory("template"));
    var root = MakeAbsolute(Directory("."));
    foreach (var file in GetFiles("src/**/*.cs") + GetFiles("reference/checker/*.py"))
        if (!file.FullPath.Contains("/obj/")) Copy(file.FullPath, input + Directory(root.GetRelativePath(file.GetDirectory()).FullPath));
    foreach (var project in libraries)
    {
        var name = Directory(project).Path.GetDirectoryName();
        foreach (var extension in new[] { "dll", "xml" }) Copy($"{project}/bin/{configuration}/net10.0/{name}.{extension}", input + Directory("assemblies"));
    }

    foreach (var project in new[] { "src/GnMlNet.Cli", "tests/GnMlNet.DataFrames.Tests" })
        foreach (var file in GetFiles($"{project}/bin/{configuration}/net10.0/*.dll")) Copy(file.FullPath, input + Directory("references"));

    if (StartProcess("dotnet", $"docfx {input}/docfx.json --warningsAsErrors --logLevel warning") != 0) throw new Exception("The documentation has warnings.");
});

// Measures the kernels against plain loops, in Release whatever the configuration; takes long.
Task("Benchmark")
    .IsDependentOn("Restore")
    .Does(() => DotNetRun(
        "tests/GnMlNet.Benchmarks",
        new ProcessArgumentBuilder().Append("--filter").Append("*").Append("--artifacts").Append(benchmarks),
        new DotNetRunSettings { Configuration = "Release", NoRestore = true }));

Task("Default")
    .IsDependentOn("Lint")
    .IsDependentOn("Docs")
    .IsDependentOn("Test")
    .IsDependentOn("CrossCheck")
    .IsDependentOn("Ledger")
    .IsDependentOn("Checker");

Teardown(context =>
{
    var counters = GetFiles($"{results}/*.trx").Select(file => XDocument.Load(file.FullPath).Descendants().First(element => element.Name.LocalName == "Counters")).ToList();
    if (counters.Count == 0) return;
    int Sum(string attribute) => counters.Sum(counter => (int)counter.Attribute(attribute));
    System.IO.File.WriteAllText($"{results}/summary.txt", $"{Sum("passed")} passed, {Sum("executed") - Sum("passed")} failed, {Sum("total") - Sum("executed")} skipped\n");
});

RunTarget(target);
