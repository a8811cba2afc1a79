using System.Text.Json;
using Atmosphere.Bot.Console;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Console;

public sealed class PersonsVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Who_waits_for_a_confirmation_is_listed_confirmed_and_refused()
    {
        await WithTwoAsync();
        var listed = JsonDocument.Parse(await DoneAsync("persons", "list", "--unconfirmed", "--json")).RootElement.EnumerateArray().ToList();
        Assert.Equal(["maya", "noam"], listed.Select(one => one.GetProperty("id").GetString()));
        Assert.Equal("Dana", listed[0].GetProperty("by").GetString());

        Assert.Contains("'maya' is confirmed", await DoneAsync("persons", "confirm", "maya"), StringComparison.Ordinal);
        var (code, _, error) = await RunAsync("persons", "refuse", "noam");
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("Add --yes", error, StringComparison.Ordinal);
        await DoneAsync("persons", "refuse", "noam", "--yes");

        Assert.Contains("Nobody waits for a confirmation", await DoneAsync("persons", "list", "--unconfirmed"), StringComparison.Ordinal);
        Assert.Contains("Maya", await DoneAsync("persons", "list"), StringComparison.Ordinal);
        (code, _, error) = await RunAsync("persons", "confirm", "maya");
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("No person 'maya' waits", error, StringComparison.Ordinal);
    }

    private async Task WithTwoAsync()
    {
        await DoneAsync("groups", "add", "blue", "--name", "Blue class");
        using var database = new Database(_folder.Path, beside: true);
        await database.WriteAsync(session => session.ExecuteAsync(
            """
            UPDATE groups SET confirms = 1;
            INSERT INTO participants (id, channel, address, reference, language, created_at, profile_name) VALUES ('mother', 'whatsapp', '+15551234567', '{}', 'en', 0, 'Dana');
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('maya', 'blue', 'Maya', 'connected', 1), ('noam', 'blue', 'Noam', 'connected', 2);
            INSERT INTO guardians (person_id, participant_id, role, since) VALUES ('maya', 'mother', 'owner', 0), ('noam', 'mother', 'owner', 0);
            """));
    }

    private Task<CommandLineRun> RunAsync(params string[] arguments) => CommandLineRun.OfAsync([.. arguments, "--data", _folder.Path]);

    private async Task<string> DoneAsync(params string[] arguments)
    {
        var (code, printed, error) = await RunAsync(arguments);
        Assert.True(code == ExitCode.Success, error);
        return printed;
    }
}
