using System.Net;
using System.Net.Sockets;
using Atmosphere.Bot.Console;
using Dapper;
using Microsoft.Data.Sqlite;

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

    [Theory]
    [InlineData("Atmosphere:PublicUrll", "Did you mean Atmosphere:PublicUrl?")]
    [InlineData("Atmosphere:Retension:Orphans", "Did you mean Atmosphere:Retention:Orphans?")]
    [InlineData("atmosphere:waha:baseurl", "Did you mean Atmosphere:Channels:WhatsApp:Waha:BaseUrl?")]
    [InlineData("Atmosphere:Dta", "Did you mean Atmosphere:Data?")]
    [InlineData("Atmosphere:Colour", "docs/configuration.md lists all of them.")]
    public async Task What_is_no_setting_is_refused_with_the_nearest_one(string key, string remedy)
    {
        var run = await CommandLineRun.OfAsync("doctor", $"--{key}=secret-value");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains($"{key} is no setting. {remedy}", run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret-value", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_whose_address_is_taken_says_so_in_a_sentence_and_has_worked_on_nothing()
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var (code, output) = await ProgramProcess.RunAsync(folder.Path, "--urls", url);

        Assert.Equal(ExitCode.Failure, code);
        Assert.Equal($"Something else serves at {url} already, perhaps another Atmosphere. Stop it, or serve elsewhere, such as --urls http://localhost:4000.", output.Trim());
        using var data = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "data", "atmosphere.db")};Pooling=False");
        Assert.Equal(0, await data.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM timers"));
    }

    [Fact]
    public async Task Verbose_prints_where_in_the_program_it_failed()
    {
        string[] line = ["persons", "list", "--data", "/nowhere/at/all"];

        var brief = await CommandLineRun.OfAsync(line);
        var verbose = await CommandLineRun.OfAsync([.. line, "--verbose"]);

        Assert.Single(brief.Error.TrimEnd().Split('\n'));
        Assert.StartsWith(brief.Error.TrimEnd(), verbose.Error, StringComparison.Ordinal);
        Assert.Contains("   at Atmosphere.", verbose.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_verb_it_serves_with_the_data_folder_and_addresses_that_were_given()
    {
        using var folder = new TemporaryFolder();
        Bot.Console.Verbs.ServeSettings? served = null;
        var terminal = Terminal.Into(TextWriter.Null, TextWriter.Null, TimeProvider.System);

        var code = await CommandLine.RunAsync(
            ["--data", folder.Path, "--urls", "http://localhost:5000", "--Atmosphere:Imaging:MaxMegapixels=7"],
            (settings, _) =>
            {
                served = settings;
                return Task.CompletedTask;
            },
            terminal);

        Assert.Equal(ExitCode.Success, code);
        Assert.Equal((folder.Path, "http://localhost:5000"), (served!.DataFolder, served.Urls));
        Assert.Equal("7", served.Settings["Atmosphere:Imaging:MaxMegapixels"]);
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
