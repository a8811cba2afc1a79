using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>Every erasure ends with a receipt, whatever was erased before, even if a name is part of another name.</summary>
public sealed class ErasureAlwaysEnds : IAsyncLifetime
{
    private BotServer _server = null!;
    private ParentChat _parent = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await BotServer.StartAsync();
        _parent = await ParentChat.OpenAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        await _parent.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("Ann", "Anna")]
    [InlineData("Anna", "Ann")]
    public async Task Of_two_children_one_of_whose_names_is_in_the_others_each_is_removed_with_a_receipt(string first, string second)
    {
        await RegisterBothAsync();
        await RemoveAsync(first);
        await RemoveAsync(second);
        Assert.Equal(0, await _server.QueryAsync<long>("SELECT COUNT(*) FROM persons"));
        Assert.Equal(0, await _server.QueryAsync<long>("SELECT COUNT(*) FROM direct_line_activities WHERE body GLOB '*Ann*'"));
    }

    [Fact]
    public async Task When_an_owner_removes_a_shared_child_the_second_guardian_is_forgotten_too()
    {
        await RegisterBothAsync();
        await using var other = await ParentChat.OpenAsync(_server);
        var told = await _parent.AskAsync("share Anna", "This code");
        await other.AskAsync(told.Text.Split(": ")[1].Split('\n')[0].Trim(), "Do you agree");
        await other.AskAsync("yes", "From now on you get the photos of Anna");
        await RemoveAsync("Ann");
        await RemoveAsync("Anna");
        await other.SayAsync("forget me");
        // The goodbye is sent last; the address is deleted a minute later, once it could be read.
        await other.AskAsync("yes", "Everything of yours is deleted");
        Assert.Equal(0, await _server.QueryAsync<long>("SELECT COUNT(*) FROM guardians"));
    }

    private async Task RegisterBothAsync()
    {
        await _parent.RegisterAsync("Ann", "noa-1.jpg");
        await _parent.HearAsync("Ann is registered");
        await _parent.RegisterAsync("Anna", "mia.jpg");
        await _parent.HearAsync("Anna is registered");
    }

    private async Task RemoveAsync(string name)
    {
        await _parent.SayAsync($"remove {name}");
        await _parent.AskAsync("yes", "It is being deleted now");
        await _parent.HearAsync("Your receipt");
    }
}
