using System.Text.Json;
using Atmosphere.Bot.Console;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Console;

public sealed class TeachersAndGroupsVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_teachers_code_is_printed_once_and_stored_as_a_hash()
    {
        var printed = await DoneAsync("operators", "invite", "--name", "Ms Blue");
        var code = printed.Split('\n').Select(line => line.Trim()).Single(line => line.Length == 9 && line[4] == '-');
        Assert.True(CodeTable.LooksLikeOne(code));
        Assert.Contains("for Ms Blue", printed, StringComparison.Ordinal);
        Assert.All(
            Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(code, File.ReadAllText(file), StringComparison.Ordinal));
        Assert.Contains("There is no approved teacher", await DoneAsync("operators", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_is_set_up_gets_a_code_and_its_state_is_listed()
    {
        await DoneAsync("groups", "add", "blue", "--name", "Blue class");
        Assert.Contains("This code links group 'blue'", await DoneAsync("groups", "link", "blue"), StringComparison.Ordinal);
        var group = Assert.Single(JsonDocument.Parse(await DoneAsync("groups", "list", "--json")).RootElement.EnumerateArray());
        Assert.Equal(JsonValueKind.Null, group.GetProperty("linkedAt").ValueKind);
    }

    [Fact]
    public async Task What_holds_for_a_group_can_be_changed_later()
    {
        await DoneAsync("groups", "add", "blue", "--name", "Blue class");
        await DoneAsync("groups", "set", "blue", "--confirm", "on", "--time-zone", "Asia/Jerusalem", "--language", "he");
        await DoneAsync("groups", "set", "blue", "--language", "es");
        await DoneAsync("groups", "add", "staff", "--name", "Staff", "--kind", "adults");
        Assert.Equal(["blue children", "staff adults"], await KindsAsync());
        await DoneAsync("groups", "set", "blue", "--kind", "adults");
        await DoneAsync("groups", "set", "staff", "--kind", "children");
        Assert.Equal(["blue adults", "staff children"], await KindsAsync());
        var group = JsonDocument.Parse(await DoneAsync("groups", "list", "--json")).RootElement[0];
        Assert.Equal((true, "Asia/Jerusalem", "es"), (group.GetProperty("confirms").GetBoolean(), group.GetProperty("timeZone").GetString(), group.GetProperty("language").GetString()));
    }

    [Theory]
    [InlineData("groups set nowhere --confirm on", "There is no group 'nowhere'")]
    [InlineData("groups set gate", "Say what is to be changed")]
    [InlineData("groups set gate --kind cats", "'cats' is no kind of group. Use children or adults")]
    [InlineData("groups add blue --name Blue --kind cats", "'cats' is no kind of group")]
    [InlineData("groups set gate --confirm perhaps", "neither on nor off")]
    [InlineData("groups set gate --language fr", "Use one of en, he, es")]
    [InlineData("groups set gate --time-zone Mars/Olympus", "no time zone")]
    [InlineData("operators revoke nobody", "There is no approved teacher 'nobody'")]
    [InlineData("groups link nowhere", "There is no group 'nowhere'")]
    [InlineData("groups remove nowhere", "Add --yes")]
    public async Task What_cannot_be_done_is_said(string line, string sentence)
    {
        await DoneAsync("groups", "add", "gate", "--name", "The gate");
        var (code, _, error) = await RunAsync(line.Split(' '));
        Assert.NotEqual(ExitCode.Success, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    private async Task<IEnumerable<string>> KindsAsync() => JsonDocument.Parse(await DoneAsync("groups", "list", "--json")).RootElement.EnumerateArray()
        .Select(group => $"{group.GetProperty("id").GetString()} {group.GetProperty("kind").GetString()}");

    private Task<CommandLineRun> RunAsync(params string[] arguments) => CommandLineRun.OfAsync([.. arguments, "--data", _folder.Path]);

    private async Task<string> DoneAsync(params string[] arguments)
    {
        var (code, printed, error) = await RunAsync(arguments);
        Assert.True(code == ExitCode.Success, error);
        return printed;
    }
}
