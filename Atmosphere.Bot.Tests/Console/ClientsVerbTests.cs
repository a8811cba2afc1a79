using System.Text.Json;
using Atmosphere.Bot.Console;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Console;

public sealed class ClientsVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_station_is_set_up_on_a_new_data_folder_and_its_token_is_shown_once()
    {
        await DoneAsync("groups", "add", "gate", "--name", "The gate", "--time-zone", "Europe/Berlin");
        var added = await DoneAsync("clients", "add", "--name", "camera", "--group", "gate", "--urls", "http://localhost:5000");
        var token = added.Split('\n').Select(line => line.Trim()).Single(line => line.StartsWith("atm_", StringComparison.Ordinal));

        Assert.Contains($"curl -i -H 'Authorization: Bearer {token}'", added, StringComparison.Ordinal);
        Assert.Contains("http://localhost:5000/api/faces", added, StringComparison.Ordinal);
        Assert.DoesNotContain(token, await DoneAsync("clients", "list"), StringComparison.Ordinal);
        Assert.All(
            Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(token, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_station_stands_in_the_time_zone_of_its_group_unless_it_says_otherwise()
    {
        await DoneAsync("groups", "add", "gate", "--name", "The gate", "--time-zone", "Europe/Berlin", "--keep-gps");
        await DoneAsync("clients", "add", "--name", "a", "--group", "gate");
        await DoneAsync("clients", "add", "--name", "b", "--group", "gate", "--time-zone", "Asia/Jerusalem");
        await DoneAsync("clients", "disable", "b");

        var clients = JsonDocument.Parse(await DoneAsync("clients", "list", "--json")).RootElement;
        var group = Assert.Single(JsonDocument.Parse(await DoneAsync("groups", "list", "--json")).RootElement.EnumerateArray());

        Assert.Equal(["Europe/Berlin", "Asia/Jerusalem"], clients.EnumerateArray().Select(client => client.GetProperty("timeZone").GetString()));
        Assert.Equal([false, true], clients.EnumerateArray().Select(client => client.GetProperty("disabledAt").ValueKind == JsonValueKind.String));
        Assert.Equal(("gate", true), (group.GetProperty("id").GetString(), group.GetProperty("keepsGps").GetBoolean()));
    }

    [Fact]
    public async Task Who_is_disabled_can_be_enabled_again_by_name_or_id()
    {
        await DoneAsync("groups", "add", "gate", "--name", "The gate");
        var id = JsonDocument.Parse(await DoneAsync("clients", "add", "--name", "camera", "--group", "gate", "--json")).RootElement.GetProperty("id").GetString()!;

        await DoneAsync("clients", "disable", "camera");
        Assert.Equal("Client 'camera' is let in.", (await DoneAsync("clients", "enable", id)).Trim());
    }

    [Theory]
    [InlineData("groups add Blue --name Blue", "'Blue' is no id")]
    [InlineData("groups add gate --name Again", "There is a group 'gate' already")]
    [InlineData("groups add blue --name Blue --time-zone Mars/Base", "'Mars/Base' is no time zone")]
    [InlineData("clients add --name camera --group nowhere", "There is no group 'nowhere'")]
    [InlineData("clients add --name camera --group gate --time-zone Mars/Base", "'Mars/Base' is no time zone")]
    [InlineData("clients disable nobody", "There is no client 'nobody'")]
    public async Task What_cannot_be_set_up_is_said_in_a_sentence_that_names_it(string line, string sentence)
    {
        await DoneAsync("groups", "add", "gate", "--name", "The gate");

        var run = await RunAsync(line.Split(' '));

        Assert.Equal(ExitCode.Failure, run.Code);
        Assert.Empty(run.Out);
        Assert.StartsWith(sentence, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_understood_names_the_whole_verb()
    {
        var run = await RunAsync("clients", "add");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("Try 'atmosphere clients add --help'.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tables_of_a_running_server_of_another_version_are_left_alone()
    {
        await DoneAsync("groups", "add", "gate", "--name", "The gate");
        using var server = new Database(_folder.Path);
        var last = await server.ReadAsync(session => session.QuerySingleOrDefaultAsync<string>("SELECT MAX(name) FROM migrations"));
        await server.WriteAsync(session => session.ExecuteAsync("DELETE FROM migrations WHERE name = @last", new { last }));

        foreach (var line in new[] { "groups list", "clients list" })
        {
            var run = await RunAsync(line.Split(' '));
            Assert.Equal((ExitCode.Failure, ""), (run.Code, run.Out));
            Assert.Contains("is of another version than this command", run.Error, StringComparison.Ordinal);
        }
    }

    private async Task<string> DoneAsync(params string[] line)
    {
        var run = await RunAsync(line);
        Assert.True(run.Code == ExitCode.Success, run.Error);
        return run.Out;
    }

    private Task<CommandLineRun> RunAsync(params string[] line) => CommandLineRun.OfAsync([.. line, "--data", _folder.Path]);
}
