using System.Diagnostics;
using GnMlNet.Cli.Common;
using Xunit.Abstractions;

namespace GnMlNet.Cli.Tests;

public sealed class OutputFileTests(ITestOutputHelper log) : IDisposable
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly CommandLine _gnml = new();
    private readonly string _rows = CommandLine.Succeed("data", "friedman1", "--rows", "500").Output;

    public void Dispose() => _gnml.Dispose();

    private static CommandLine.Outcome WriteRows(string path) => CommandLine.Succeed("data", "friedman1", "--rows", "500", "--out", path);

    private static string FailToWriteRows(string path) => CommandLine.Fail("data", "friedman1", "--rows", "500", "--out", path);

    /// <summary>Runs a line of a shell, in which $GNML stands for the program.</summary>
    private (int Code, string Output, string Errors) Shell(string line)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"set -o pipefail; {line}"]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _gnml.Folder };
        start.Environment["GNML"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "gnml.dll")}";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    private bool CanBeTried(bool isPossible, string otherwise)
    {
        if (!isPossible) log.WriteLine($"Not tried: {otherwise}");
        return isPossible;
    }

    private void HasNoTemporaryFile() => Directory.GetFiles(_gnml.Folder, "*.tmp", SearchOption.AllDirectories).Should().BeEmpty();

    [Fact]
    public void A_dash_means_standard_output_and_a_file_of_that_name_is_written_with_its_folder()
    {
        CommandLine.Outcome outcome = WriteRows("-");
        outcome.Output.Should().Be(_rows);
        outcome.Errors.Should().BeEmpty();
        string dash = Path.Combine(_gnml.Folder, "-");
        WriteRows(dash);
        File.ReadAllText(dash).Should().Be(_rows);
    }

    [Theory, InlineData("trace"), InlineData("reproduce"), InlineData("crosscheck"), InlineData("audit")]
    public void A_command_that_writes_a_folder_refuses_standard_output(string command)
    {
        CommandLine.Outcome outcome = CommandLine.Run(command, "--out", "-");
        outcome.Code.Should().Be(ExitCode.Usage);
        outcome.Errors.Should().Contain("--out must name a folder");
    }

    [Fact]
    public void A_model_on_standard_output_is_that_of_a_file_and_what_people_read_goes_to_standard_error()
    {
        if (OperatingSystem.IsWindows()) return;
        string table = _gnml.WriteTable();
        string train = $"$GNML train --data {table} --label y --ensemble 1 --hidden 3 --no-baselines";
        (int code, string _, string errors) = Shell($"{train} --out - | cat > piped.zip && {train} --out /dev/stdout > redirected.zip && {train} --out file.zip");
        code.Should().Be(ExitCode.Success, errors);
        errors.Should().Contain("RMSE test").And.Contain("Model saved to standard output");
        string Predict(string model) => CommandLine.Succeed("predict", _gnml.PathOf(model), "--data", table).Output;
        Predict("piped.zip").Should().Be(Predict("file.zip")).And.Be(Predict("redirected.zip"));
        CommandLine.Fail("train", "--data", table, "--label", "y", "--json", "--out", "-").Should().Contain("--json").And.Contain("standard output");
    }

    [Fact]
    public void Links_are_followed_to_their_end_and_stay_links()
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(_gnml.PathOf("deep/er"));
        Directory.CreateSymbolicLink(_gnml.PathOf("side"), _gnml.PathOf("deep/er"));
        File.CreateSymbolicLink(_gnml.PathOf("deep/er/up"), "../target.csv");
        File.CreateSymbolicLink(_gnml.PathOf("first"), "second");
        File.CreateSymbolicLink(_gnml.PathOf("second"), "side/up");
        foreach (string before in new[] { "nothing", "something" })
        {
            if (before == "something") _gnml.Write("deep/target.csv", before);
            WriteRows(_gnml.PathOf("first"));
            File.ReadAllText(_gnml.PathOf("deep/target.csv")).Should().Be(_rows);
            new FileInfo(_gnml.PathOf("first")).LinkTarget.Should().Be("second");
            new FileInfo(_gnml.PathOf("deep/er/up")).LinkTarget.Should().Be("../target.csv");
        }

        WriteRows(_gnml.PathOf("side/../beside.csv"));
        File.Exists(_gnml.PathOf("deep/beside.csv")).Should().BeTrue("the folder above is that of the link's target");
        HasNoTemporaryFile();
    }

    [Fact]
    public void Links_in_a_circle_are_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        File.CreateSymbolicLink(_gnml.PathOf("a"), "b");
        File.CreateSymbolicLink(_gnml.PathOf("b"), "a");
        FailToWriteRows(_gnml.PathOf("a")).Should().Contain("/a'").And.Contain("circle");
    }

    [Fact]
    public void A_file_keeps_its_permissions_and_a_new_one_has_the_usual_ones()
    {
        if (OperatingSystem.IsWindows()) return;
        string old = _gnml.Write("old.csv", "old"), usual = _gnml.Write("usual.csv", "");
        File.SetUnixFileMode(old, OwnerAlone);
        WriteRows(old);
        File.ReadAllText(old).Should().Be(_rows);
        File.GetUnixFileMode(old).Should().Be(OwnerAlone);
        WriteRows(_gnml.PathOf("new.csv"));
        File.GetUnixFileMode(_gnml.PathOf("new.csv")).Should().Be(File.GetUnixFileMode(usual));
    }

    [Fact]
    public void A_named_pipe_is_written_through()
    {
        if (OperatingSystem.IsWindows()) return;
        (int code, string output, string errors) = Shell("mkfifo pipe; cat pipe > read.csv & $GNML data friedman1 --rows 500 --out pipe; wait; test -p pipe");
        code.Should().Be(0, errors + output);
        File.ReadAllText(_gnml.PathOf("read.csv")).Should().Be(_rows);
    }

    [Fact]
    public void A_device_is_written_through_and_a_full_one_is_named_with_the_bytes_that_are_needed()
    {
        if (OperatingSystem.IsWindows()) return;
        if (!CanBeTried(Shell("mknod null c 1 3 && mknod full c 1 7 && echo > null").Code == 0, "Devices cannot be made here.")) return;
        WriteRows(_gnml.PathOf("null"));
        FailToWriteRows(_gnml.PathOf("full")).Should().Contain("/full'").And.Contain("no space left").And.Contain(Bytes(_rows.Length));
        Shell("test -c null && test -c full").Code.Should().Be(0);
        HasNoTemporaryFile();
    }

    [Fact]
    public void A_full_disk_is_named_with_the_bytes_that_are_needed_and_keeps_no_unfinished_file()
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(_gnml.PathOf("disk"));
        if (!CanBeTried(Shell("mount -t tmpfs -o size=8k tmpfs disk").Code == 0, "A small disk cannot be mounted here.")) return;
        try
        {
            FailToWriteRows(_gnml.PathOf("disk/rows.csv")).Should().Contain("disk/rows.csv'").And.Contain("no space left").And.Contain(Bytes(_rows.Length));
            Directory.GetFiles(_gnml.PathOf("disk")).Should().BeEmpty();
        }
        finally
        {
            Shell("umount disk");
        }
    }

    [Fact]
    public void What_nobody_reads_any_longer_ends_quietly()
    {
        if (OperatingSystem.IsWindows()) return;
        (int code, string output, string errors) = Shell("$GNML data friedman1 --rows 100000 | head -1");
        output.Should().StartWith("x1,x2");
        errors.Should().BeEmpty();
        code.Should().Be(ExitCode.ClosedPipe);
    }

    [Fact]
    public void Standard_output_may_be_named_as_an_open_file_and_others_go_on_behind_it()
    {
        if (OperatingSystem.IsWindows()) return;
        string write = "$GNML data friedman1 --rows 500 --out";
        (int code, string _, string errors) = Shell($"(echo first; {write} /dev/stdout; {write} -; echo last) > all.csv; {write} /dev/fd/3 3> third.csv");
        code.Should().Be(0, errors);
        File.ReadAllText(_gnml.PathOf("all.csv")).Should().Be($"first\n{_rows}{_rows}last\n");
        File.ReadAllText(_gnml.PathOf("third.csv")).Should().Be(_rows);
    }

    [Fact]
    public void What_may_not_be_written_is_refused_before_training_and_what_may_is_written_in_its_place()
    {
        if (OperatingSystem.IsWindows()) return;
        string table = _gnml.WriteTable();
        _gnml.Write("protected.zip", "old");
        Directory.CreateDirectory(_gnml.PathOf("folder"));
        _gnml.Write("folder/writable.csv", "old");
        // The owner of everything may write everything: another user takes the place.
        string another = Environment.IsPrivilegedProcess ? "setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=$PWD " : "";
        if (!CanBeTried(Shell($"chmod 755 . folder && chmod 644 table.csv && chmod 444 protected.zip && chmod 666 folder/writable.csv && ({(another.Length > 0 ? "true" : "chmod 555 folder")}) && {another} $GNML --version").Code == 0, "Another user cannot run the program here.")) return;
        string train = $"{another} $GNML train --data {table} --label y --out";
        foreach (string path in new[] { "protected.zip", "folder/m.zip" })
        {
            (int code, string output, string errors) = Shell($"{train} {path}");
            code.Should().Be(ExitCode.Failure);
            output.Should().NotContain("iteration");
            errors.Trim().Should().StartWith($"gnml: Cannot write '{path}': permission denied").And.NotContain("\n").And.NotContain(".tmp");
        }

        Shell($"{another} $GNML trace --out folder").Errors.Should().Contain("Cannot write to the folder 'folder': permission denied");
        Shell($"{another} $GNML trace --out folder/new").Errors.Should().Contain("Cannot make the folder 'folder/new': permission denied");
        (int written, string _, string why) = Shell($"{another} $GNML data friedman1 --rows 500 --out folder/writable.csv");
        written.Should().Be(0, why);
        File.ReadAllText(_gnml.PathOf("folder/writable.csv")).Should().Be(_rows);
        Shell("chmod 755 folder");
    }

    [Fact]
    public void The_model_and_its_page_do_not_share_a_file()
    {
        string table = _gnml.WriteTable(), one = _gnml.PathOf("one");
        CommandLine.Fail("train", "--data", table, "--label", "y", "--out", one, "--report", Path.Combine(_gnml.Folder, ".", "one")).Should().Contain("--out and --report both write to");
        Directory.GetFiles(_gnml.Folder).Should().Equal(table);
    }

    [Fact]
    public void A_path_that_names_no_file_is_refused()
    {
        string file = _gnml.Write("file", "");
        FailToWriteRows("").Should().Contain("the path is empty");
        FailToWriteRows(_gnml.Folder).Should().Contain("is a folder");
        FailToWriteRows(Path.Combine(file, "x.csv")).Should().Contain("does not exist");
        FailToWriteRows(_gnml.PathOf(new string('x', 300))).Should().Contain("too long");
        File.ReadAllText(file).Should().BeEmpty();
        HasNoTemporaryFile();
    }

    private static string Bytes(int count) => FormattableString.Invariant($"{count:N0} bytes");
}
