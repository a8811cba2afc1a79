using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Flows.Persons.Erasure;

namespace Atmosphere.Bot.Tests.Flows.Persons;

/// <summary>Whoever adds a table says here, or in <see cref="ErasureSearch"/>, what becomes of it when somebody is forgotten.</summary>
public sealed class EveryTableIsKnownToErasure
{
    /// <summary>What the bot's chats forget, see IPersonalPlaces.</summary>
    private static readonly string[] _chats = ["conversations", "turns", "group_events", "uploads", "replies", "direct_line_conversations", "direct_line_activities"];

    /// <summary>Nothing in them says who: ids of photos and of erasures, counts, times.</summary>
    private static readonly string[] _ofNobody =
        ["migrations", "photo_steps", "sync_points", "exif", "notifications", "timers", "queue_states", "operator_requests", "erasures"];

    /// <summary>Who votes on Slack, by Slack's id: deleted when no vote of theirs is left. A participant's goes with the participant.</summary>
    private static readonly string[] _ofColleagues = ["colleagues"];

    /// <summary>What Slack told, and whose App Home is open, by Slack's ids: deleted by their time, within days.</summary>
    private static readonly string[] _ofSlack = ["slack_requests", "slack_homes"];

    [Fact]
    public async Task A_table_that_nobody_thought_of_is_named()
    {
        await using var host = await RecognitionHost.StartAsync(workers: false);
        await BotSchema.Whole.ApplyAsync(host.Database, TimeProvider.System);
        var tables = await host.Database.ReadAsync(session => session.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"));
        Assert.Empty(tables.Except([.. ErasureSearch.Tables, .. _chats, .. _ofNobody, .. _ofColleagues, .. _ofSlack, "messages", "dead_letters"]));
    }
}
