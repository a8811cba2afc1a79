using Atmosphere.Bot.Console;

namespace Atmosphere.Bot.Tests.Console;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData()]
    [InlineData("serve")]
    [InlineData("sort")]
    [InlineData("doctor")]
    [InlineData("flows")]
    public async Task Every_verb_explains_itself(params string[] verb)
    {
        var run = await CommandLineRun.OfAsync([.. verb, "--help"]);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains("--data", run.Out, StringComparison.Ordinal);
        Assert.Contains(string.Join(' ', ["atmosphere", .. verb]), run.Out, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("srot")]
    [InlineData("sort")]
    [InlineData("sort --people . --photos . --out x --workers many")]
    [InlineData("doctor --colour")]
    [InlineData("flows --Atmosphere:Data")]
    [InlineData("serve --urls nowhere")]
    public async Task What_is_not_understood_is_said_in_a_line_and_nothing_is_begun(string line)
    {
        var run = await CommandLineRun.OfAsync(line.Split(' '));

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Empty(run.Out);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_bad_setting_is_named_with_its_value_and_the_remedy()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandLineRun.OfAsync("doctor", "--data", folder.Path, "--Atmosphere:Imaging:MaxMegapixels=0");

        Assert.Equal(ExitCode.Failure, run.Code);
        Assert.Contains("FAIL  settings: Atmosphere:Imaging:MaxMegapixels is 0; use 1 to 500", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_verb_it_serves_with_the_data_folder_and_addresses_that_were_given()
    {
        using var folder = new TemporaryFolder();
        Bot.Console.Verbs.ServeSettings? served = null;
        var terminal = Terminal.Into(TextWriter.Null, TextWriter.Null, TimeProvider.System);

        var code = await CommandLine.RunAsync(
            ["--data", folder.Path, "--urls", "http://localhost:5000", "--Atmosphere:Some:Key=value"],
            (settings, _) =>
            {
                served = settings;
                return Task.CompletedTask;
            },
            terminal);

        Assert.Equal(ExitCode.Success, code);
        Assert.Equal((folder.Path, "http://localhost:5000"), (served!.DataFolder, served.Urls));
        Assert.Equal("value", served.Settings["Atmosphere:Some:Key"]);
    }

    [Fact]
    public async Task The_program_runs_from_any_folder()
    {
        using var folder = new TemporaryFolder();
        var (code, output) = await ProgramProcess.RunAsync(folder.Path, "doctor", "--urls", "http://127.0.0.1:0");

        Assert.True(code == ExitCode.Success, output);
        Assert.True(Directory.Exists(Path.Combine(folder.Path, "data")));
    }
}
