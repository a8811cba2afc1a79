using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Flows.Persons;

/// <summary>Every column that refers to a person is listed in <see cref="Dependents"/>, or here with the reason why not.</summary>
public sealed class EveryTableIsKnownToErasure
{
    /// <summary>What the bot's chats forget, see IPersonalPlaces.</summary>
    private static readonly string[] _chats = ["conversations", "turns", "webhook_events", "uploads", "replies", "direct_line_conversations", "direct_line_activities", "mentions"];

    /// <summary>Nothing in them says who: ids of erasures, counts, times; random ids on their way to the log; posts that are taken out with what they are about.</summary>
    private static readonly string[] _ofNobody = ["migrations", "model_use", "timers", "queue_states", "operator_requests", "erasures", "withdrawals", "log_marks", "consent_ledger", "erasure_mark", "held_face_posts"];

    /// <summary>Searched word by word, see MessagesAbout.</summary>
    private static readonly string[] _messages = ["messages", "dead_letters"];

    /// <summary>Who votes on Slack, by Slack's id: deleted when no vote of theirs is left. A participant's goes with the participant.</summary>
    private static readonly string[] _ofColleagues = ["colleagues"];

    /// <summary>What Slack told, and whose App Home is open, by Slack's ids: deleted by their time, within days.</summary>
    private static readonly string[] _ofSlack = ["slack_homes"];

    /// <summary>Ids of something else than a person, a participant, a group, a photo or a face.</summary>
    private static readonly string[] _ofOthers =
    [
        "clients.id", "clusters.id", "collection_faces.collection_id", "collection_users.collection_id", "erasure_faces.collection_id", "erasure_faces.erasure_id",
        "erasure_photo_faces.erasure_id", "cluster_faces.cluster_id", "cluster_changes.cluster_id", "cluster_changes.other_id", "questions.id", "questions.cluster_id",
        "question_faces.question_id", "trained_faces.question_id", "colleague_pictures.question_id", "colleague_pictures.file_id", "invitations.question_id", "requests.id",
        "media_distributions.id", "media_distributions.vendor_id", "photos.source_id", "photos.client_id", "inbox.source_id", "inbox.client_id", "image_table.client_id",
        "group_files.id", "group_files.source_id", "consent_entries.ledger_id", "held_faces.id",
        "reports.id", "report_deliveries.delivery_id", "report_subscribers.id", "mails.id", "mails.subscriber_id", "mails.report_id",
    ];

    [Fact]
    public async Task A_column_that_nobody_thought_of_is_named()
    {
        await using var host = await RecognitionHost.StartAsync(workers: false);
        await BotSchema.Whole.ApplyAsync(host.Database, TimeProvider.System);
        var columns = await host.Database.ReadAsync(session => session.QueryAsync<string>(
            """
            SELECT t.name || '.' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
            WHERE t.type = 'table' AND (c.name = 'id' OR c.name LIKE '%\_id' ESCAPE '\' OR c.name LIKE '%\_by' ESCAPE '\') ORDER BY 1
            """));
        string[] tables = [.. _chats, .. _ofNobody, .. _messages, .. _ofColleagues, .. _ofSlack];
        var open = columns.Where(column => !tables.Contains(column.Split('.')[0])).ToList();

        Assert.Empty(open.Except(_ofOthers).Except(Dependents.All.Select(dependent => $"{dependent.Table}.{dependent.Column}")));
        Assert.Empty(_ofOthers.Except(columns));
    }

    [Fact]
    public async Task A_table_that_nobody_thought_of_is_named()
    {
        await using var host = await RecognitionHost.StartAsync(workers: false);
        await BotSchema.Whole.ApplyAsync(host.Database, TimeProvider.System);
        var tables = await host.Database.ReadAsync(session => session.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"));

        Assert.Empty(tables.Except(
            [.. Dependents.All.Select(dependent => dependent.Table), .. _chats, .. _ofNobody, .. _messages, .. _ofColleagues, .. _ofSlack]));
    }

    [Fact]
    public void What_names_a_participant_is_in_their_export()
    {
        // They are shown as the guardians of their children.
        string[] elsewhere = ["guardians.participant_id"];
        var hidden = Dependents.All.Where(dependent => dependent.Of is Subject.Participant or Subject.Voter && dependent.Shown is null)
            .Select(dependent => $"{dependent.Table}.{dependent.Column}");
        Assert.Equal(elsewhere, hidden);
    }

    [Fact]
    public async Task What_the_table_names_is_there()
    {
        await using var host = await RecognitionHost.StartAsync(workers: false);
        foreach (var dependent in Dependents.All)
            _ = await host.Database.ReadAsync(session => session.QueryAsync<string>($"SELECT {dependent.Column} FROM {dependent.Table} LIMIT 1"));

        Assert.All(Dependents.All, dependent => Assert.True(dependent.GoesWhen != Fate.None || dependent.By is not null, $"{dependent.Table}.{dependent.Column}"));
    }
}
