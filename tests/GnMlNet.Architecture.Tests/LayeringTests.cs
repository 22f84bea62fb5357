using System.Reflection;
using System.Text.RegularExpressions;
using GnMlNet.Balls;
using GnMlNet.Cluster;
using GnMlNet.Core.Training;
using GnMlNet.DataFrames;
using GnMlNet.Ledger.Verdicts;
using GnMlNet.Reference.CrossChecks;

namespace GnMlNet.Architecture.Tests;

public partial class LayeringTests
{
    private const string Orleans = "Orleans.Core.Abstractions";
    private const string DataAnalysis = "Microsoft.Data.Analysis";

    private static IEnumerable<string> References(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => !name.StartsWith("System", StringComparison.Ordinal) && name != "netstandard");

    [Fact]
    public void The_core_leans_on_MathNet_only() => References(typeof(NetworkTraining).Assembly).Should().BeSubsetOf(["MathNet.Numerics"]);

    [Fact]
    public void The_ML_NET_face_leans_on_the_core_and_ML_NET_only() =>
        References(typeof(GaussNewtonRegressionTrainer).Assembly).Should().OnlyContain(name => name == "GnMlNet.Core" || name.StartsWith("Microsoft.ML"));

    [Fact]
    public void Data_frames_belong_to_a_project_of_their_own_which_leans_on_the_core_the_ML_NET_face_and_ML_NET_only()
    {
        References(typeof(GaussNewtonRegressionFrameModel).Assembly).Should().Contain(DataAnalysis).And.OnlyContain(name => name == DataAnalysis || name == "GnMlNet" || name == "GnMlNet.Core" || name.StartsWith("Microsoft.ML"));
        Repository.Projects.Where(project => References(project.Assembly).Contains(DataAnalysis)).Should().ContainSingle();
    }

    [Fact]
    public void Orleans_and_what_belongs_to_it_live_in_a_project_of_their_own_which_leans_on_the_core_and_knows_no_ML_NET()
    {
        References(typeof(ClusterTable).Assembly).Should().Contain(Orleans).And.OnlyContain(name => name == "GnMlNet.Core" || name == "Npgsql" || name == "StackExchange.Redis"
            || name.StartsWith("Orleans", StringComparison.Ordinal) || name.StartsWith("OpenTelemetry", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Repository.Projects.Where(project => References(project.Assembly).Contains(Orleans)).Should().ContainSingle();
    }

    [Fact]
    public void The_exact_reference_leans_on_its_own_arithmetic_and_never_on_the_core()
    {
        References(typeof(Magnitude).Assembly).Should().BeEmpty();
        References(typeof(CrossCheck).Assembly).Should().BeSubsetOf(["GnMlNet.Balls"]);
        References(typeof(Claim).Assembly).Should().BeSubsetOf(["GnMlNet.Balls", "GnMlNet.Reference"]);
    }

    // A claim takes balls and compares them; doubles only choose which of many proved claims is shown.
    [Fact]
    public void No_verdict_of_the_ledger_rests_on_doubles()
    {
        typeof(Claim).GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(constructor => constructor.GetParameters() is not [{ } only] || only.ParameterType != typeof(Claim))
            .Should().ContainSingle().Which.GetParameters().Select(parameter => parameter.ParameterType)
            .Should().Equal(typeof(string), typeof(Ball), typeof(Relation), typeof(Ball));
        typeof(Claim).GetProperty(nameof(Claim.Verdict))!.CanWrite.Should().BeFalse();
        Repository.Sources("reference/GnMlNet.Ledger").Where(file => Doubles().IsMatch(file.Text)).Select(file => file.Path)
            .Should().BeEquivalentTo("reference/GnMlNet.Ledger/Verdicts/Claim.cs");
    }

    [Fact]
    public void No_floating_point_function_without_a_guarantee_is_used_in_the_exact_reference() =>
        Repository.Sources("reference").Where(file => Transcendental().IsMatch(file.Text)).Select(file => file.Path).Should().BeEmpty();

    [Fact]
    public void Vector_instructions_and_pointers_live_in_the_kernels_of_the_balls_alone() =>
        Repository.Sources("reference").Where(file => !Regex.IsMatch(file.Path, "/GnMlNet.Balls/(Matrices|Functions)/")).Where(file => Hardware().IsMatch(file.Text)).Select(file => file.Path).Should().BeEmpty();

    [Fact]
    public void Saved_models_name_an_assembly_version_that_never_changes() =>
        typeof(GaussNewtonRegressionTrainer).Assembly.GetName().Version.Should().Be(new Version(1, 0, 0, 0));

    [Fact]
    public void Vector_instructions_pointers_and_threads_live_in_LinearAlgebra_alone() =>
        Repository.Sources("src/GnMlNet.Core").Concat(Repository.Sources("src/GnMlNet")).Concat(Repository.Sources("src/GnMlNet.DataFrames")).Concat(Repository.Sources("src/GnMlNet.Cluster")).Where(file => !file.Path.Contains("/LinearAlgebra/")).Where(file => Hardware().IsMatch(file.Text)).Select(file => file.Path).Should().BeEmpty();

    [Fact]
    public void Every_file_is_called_after_the_type_in_it() =>
        Repository.Sources("src").Concat(Repository.Sources("reference"))
            .Where(file => !file.Path.EndsWith("/Program.cs", StringComparison.Ordinal) && !file.Path.EndsWith("/InternalsAccess.cs", StringComparison.Ordinal))
            .Where(file => !Regex.IsMatch(file.Text, $@"\b(class|struct|record|interface|enum)\s+(struct\s+)?{Path.GetFileName(file.Path).Split('.')[0]}\b"))
            .Select(file => file.Path).Should().BeEmpty();

    [GeneratedRegex(@"System\.Runtime\.Intrinsics|\bVector(64|128|256|512)?<|\bunsafe\b|\bParallel\.|new Thread\b|ThreadPool")]
    private static partial Regex Hardware();

    [GeneratedRegex(@"\b(double|float)\b|Double\(")]
    private static partial Regex Doubles();

    [GeneratedRegex(@"\bMath(F)?\.(Exp|Log|Pow|Sin|Cos|Tan|Sinh|Cosh|Tanh|Asin|Acos|Atan|Cbrt)")]
    private static partial Regex Transcendental();
}
