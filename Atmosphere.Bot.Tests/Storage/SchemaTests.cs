using Atmosphere.Bot.Storage;
using Atmosphere.Bot.Tests.Console;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Storage;

public sealed class SchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_data_folder_with_the_tables_of_before_is_refused_and_the_remedy_is_named()
    {
        using var database = new Database(_folder.Path);
        await database.WriteAsync(session => session.ExecuteAsync(
            "CREATE TABLE migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL); INSERT INTO migrations (name, applied_at) VALUES ('0001-messaging', 0)"));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => BotSchema.Whole.ApplyAsync(database, TimeProvider.System));

        Assert.Contains(_folder.Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Move it away, or name another folder with --data", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        using var database = new Database(_folder.Path);
        await BotSchema.Whole.ApplyAsync(database, TimeProvider.System);
        await database.WriteAsync(session => session.ExecuteAsync("INSERT INTO migrations (name, applied_at) VALUES ('99-later', 0)"));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => BotSchema.Whole.ApplyAsync(database, TimeProvider.System));

        Assert.Contains("was last used by a newer Atmosphere (it has '99-later')", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tables_are_made_once()
    {
        using var database = new Database(_folder.Path);
        Assert.False(await BotSchema.Whole.IsAppliedAsync(database));
        await Schema.Recognition.ApplyAsync(database, TimeProvider.System);
        Assert.False(await BotSchema.Whole.IsAppliedAsync(database));
        await BotSchema.Whole.ApplyAsync(database, TimeProvider.System);
        await BotSchema.Whole.ApplyAsync(database, TimeProvider.System);
        Assert.True(await BotSchema.Whole.IsAppliedAsync(database));
    }

    [Fact]
    public async Task Chats_that_rested_at_the_menu_belong_to_its_conversation_and_open_registrations_stay()
    {
        using var database = new Database(_folder.Path);
        await BotSchema.Whole.ApplyAsync(database, TimeProvider.System);
        await database.WriteAsync(session => session.ExecuteAsync(
            """
            DELETE FROM migrations WHERE name = '54-home';
            INSERT INTO participants (id, channel, address, reference, language, created_at) VALUES ('p', 'directline', 'a', '{}', 'en', 0);
            INSERT INTO conversations (id, participant_id, version, state, updated_at) VALUES ('resting', 'p', 1, '{"state":"Home","group":null,"name":null}', 0);
            INSERT INTO conversations (id, participant_id, version, state, updated_at) VALUES ('asked', 'p', 1, '{"state":"AskName","group":"class"}', 0);
            """));

        await BotSchema.Whole.ApplyAsync(database, TimeProvider.System);

        Assert.Equal(
            ["""asked connect-person {"state":"AskName","group":"class"}""", "resting home {}"],
            await database.ReadAsync(session => session.QueryAsync<string>("SELECT id || ' ' || dialog || ' ' || state FROM conversations ORDER BY id")));
    }

    [Fact]
    public async Task Events_and_requests_in_the_earlier_inboxes_move_to_the_one_for_all_webhooks()
    {
        using var database = new Database(_folder.Path);
        await BotSchema.Whole.ApplyAsync(database, TimeProvider.System);
        await database.WriteAsync(session => session.ExecuteAsync(
            """
            DELETE FROM migrations WHERE name = '55-webhooks';
            DROP TABLE webhook_events;
            CREATE TABLE group_events (id TEXT PRIMARY KEY, channel TEXT NOT NULL, source_id TEXT NOT NULL, body TEXT, received_at BIGINT NOT NULL, handled_at BIGINT);
            CREATE TABLE slack_requests (
                id TEXT PRIMARY KEY, source_id TEXT NOT NULL, user_id TEXT NOT NULL, kind TEXT NOT NULL, body TEXT, answer TEXT, received_at BIGINT NOT NULL);
            INSERT INTO group_events VALUES ('a', 'whatsapp-waha', 's', '{}', 1, NULL), ('b', 'whatsapp-waha', 't', NULL, 1, 2);
            INSERT INTO slack_requests VALUES ('c', 's', 'U1', 'click', '{}', NULL, 1), ('d', 'u', 'U1', 'command', NULL, '{}', 3);
            """));

        await BotSchema.Whole.ApplyAsync(database, TimeProvider.System);

        Assert.Equal(
            ["a whatsapp-waha s event open", "b whatsapp-waha t event 2", "c slack s click open", "d slack u command 3"],
            await database.ReadAsync(session => session.QueryAsync<string>(
                "SELECT id || ' ' || channel || ' ' || source_id || ' ' || kind || ' ' || COALESCE(handled_at, 'open') FROM webhook_events ORDER BY id")));
    }

    public void Dispose() => _folder.Dispose();
}
