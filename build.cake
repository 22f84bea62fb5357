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
// Some tests wait for processes of their own, others for the last long one among them.
const int TestsAtOnce = 3;
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

// The command as it was built.
void Gnml(string arguments)
{
    if (StartProcess("dotnet", $"src/GnMlNet.Cli/bin/{configuration}/net10.0/gnml.dll {arguments}") != 0) throw new Exception($"gnml {arguments} failed.");
}

// So many jobs at a time, in their order; fails when all are done.
void Together(int atOnce, IEnumerable<Action> jobs)
{
    var failures = new ConcurrentQueue<Exception>();
    Parallel.ForEach(Partitioner.Create(jobs, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, job =>
    {
        try { job(); }
        catch (Exception failure) { failures.Enqueue(failure); }
    });
    if (!failures.IsEmpty) throw new AggregateException(failures);
}

// White space as .editorconfig has it.
void Lint() => DotNetFormatWhitespace(solution, new DotNetFormatSettings { VerifyNoChanges = true, NoRestore = true });

void Pack()
{
    foreach (var project in libraries)
        DotNetPack(project, new DotNetPackSettings { Configuration = configuration, NoBuild = true, OutputDirectory = packages });
    // The tool is compiled for this kind of machine, which asks for packages that a build does not need.
    DotNetPack("src/GnMlNet.Cli", new DotNetPackSettings { Configuration = configuration, OutputDirectory = packages });
}

IEnumerable<Action> Tests()
{
    var environment = new Dictionary<string, string>
    {
        // The tests of the ledger take the entries that it has decided.
        ["GNMLNET_LEDGER"] = HasArgument("full") ? "" : MakeAbsolute(artifacts + Directory("ledger")).CombineWithFilePath("ledger.json").FullPath,
        // The packages as a stranger gets them.
        ["GNMLNET_PACKAGES"] = MakeAbsolute(packages).FullPath,
    };
    return GetFiles("tests/*.Tests/*.csproj").Select(project => (Action)(() => RunTests(project.FullPath, environment)));
}

void CrossCheck() => Gnml($"crosscheck --every 25 --expect-undecided reference/crosscheck-undecided.txt --out {artifacts}/crosscheck");

void Ledger() => Gnml($"audit --out {artifacts}/ledger{(HasArgument("full") ? " --full" : "")}");

void Checker()
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
    Gnml($"trace --flow --rows 5 --hidden 40 --rho 0.1 --time 0.05 --out {own}");
    Gnml($"crosscheck --trace {own}/trace.jsonl --out {own}");
    var (trace, certificate, ledger) = ($"{own}/trace.jsonl", $"{own}/trace-certificate.json", $"{artifacts}/ledger/ledger.json");
    if (Python([.. new[] { "reference/checker/check.py", ledger, trace }, .. GetFiles($"{artifacts}/crosscheck/*-certificate.json").Select(file => file.FullPath)]) != 0
        || Python("reference/checker/check.py", certificate, "--trace", trace) != 0
        || Python("reference/checker/test_check.py", certificate, ledger, trace) != 0)
        throw new Exception("The independent checker does not confirm what was certified.");
}

void Docs()
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
}

Task("Clean").Does(() => CleanDirectory(artifacts));

Task("Restore").Does(() => DotNetRestore(solution, new DotNetRestoreSettings { LockedMode = true }));

Task("Lint").IsDependentOn("Restore").Does(() => Lint());

// Warnings are errors, and analyzers and code style run as part of the compilation.
Task("Build")
    .IsDependentOn("Restore")
    .Does(() => DotNetBuild(solution, new DotNetBuildSettings { Configuration = configuration, NoRestore = true }));

Task("Pack").IsDependentOn("Clean").IsDependentOn("Build").Does(() => Pack());

// Decides every statement of the paper; fails when a verdict is not the documented one. With --full all instances and long trajectories.
Task("Ledger").IsDependentOn("Clean").IsDependentOn("Build").Does(() => Ledger());

Task("Test").IsDependentOn("Pack").IsDependentOn("Ledger").Does(() => Together(TestsAtOnce, Tests()));

// Certifies the fast path on the standard runs; fails when an error exceeds its documented bound, and when other figures are undecided than those that are named.
Task("CrossCheck").IsDependentOn("Clean").IsDependentOn("Build").Does(() => CrossCheck());

// An independent program, reference/checker/check.py, decides again what CrossCheck and Ledger certified, and must not confirm lies. Where Python or mpmath is not there a line says so.
Task("Checker").IsDependentOn("CrossCheck").IsDependentOn("Ledger").Does(() => Checker());

// The documentation as a site, artifacts/docs/site: the pages of docs, the API of the packages, and the sources that pages point to, laid out as in the repository.
Task("Docs").IsDependentOn("Clean").IsDependentOn("Build").Does(() => Docs());

// Measures the kernels against plain loops, in Release whatever the configuration; takes long.
Task("Benchmark")
    .IsDependentOn("Restore")
    .Does(() => DotNetRun(
        "tests/GnMlNet.Benchmarks",
        new ProcessArgumentBuilder().Append("--filter").Append("*").Append("--artifacts").Append(benchmarks),
        new DotNetRunSettings { Configuration = "Release", NoRestore = true }));

// Everything, several things at a time: first what needs the build alone, then what needs the packages and the ledger, too.
Task("Default").IsDependentOn("Clean").IsDependentOn("Build").Does(() =>
{
    Together(3, [() => { Lint(); Pack(); }, () => { Ledger(); CrossCheck(); }, Docs]);
    Together(TestsAtOnce, [Checker, .. Tests()]);
});

Teardown(context =>
{
    var counters = GetFiles($"{results}/*.trx").Select(file => XDocument.Load(file.FullPath).Descendants().First(element => element.Name.LocalName == "Counters")).ToList();
    if (counters.Count == 0) return;
    int Sum(string attribute) => counters.Sum(counter => (int)counter.Attribute(attribute));
    System.IO.File.WriteAllText($"{results}/summary.txt", $"{Sum("passed")} passed, {Sum("executed") - Sum("passed")} failed, {Sum("total") - Sum("executed")} skipped\n");
});

RunTarget(target);
