using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table report_subscribers.</summary>
internal static class SubscriberTable
{
    private const string Select = "SELECT s.id, s.group_id, s.address, s.participant_id, s.language, s.rhythm, s.state, s.created_at FROM report_subscribers s";

    /// <summary>Subscriptions that nobody confirmed.</summary>
    public static DueRows Due { get; } = new("report_subscribers", "state = 'asked' AND created_at <= @before");

    /// <summary>Adds an address that is to be asked. An address that is there already keeps its state.</summary>
    /// <returns>The subscriber; null if the group has ended.</returns>
    public static async Task<ReportSubscriber?> AskAsync(
        Session session, GroupId group, string address, ParticipantId? participant, string language, ReportRhythm rhythm, DateTimeOffset now)
    {
        var row = new
        {
            id = SubscriberId.New(),
            group,
            address = session.Key.Seal(address),
            hash = HashOf(session, address),
            participant = participant?.Value,
            language,
            rhythm = rhythm.ToString().ToLowerInvariant(),
            now = now.ToUnixTimeMilliseconds(),
        };
        _ = await session.ExecuteAsync(
            $"""
            INSERT INTO report_subscribers (id, group_id, address, address_hash, participant_id, language, rhythm, state, created_at)
            SELECT @id, g.id, @address, @hash, @participant, @language, @rhythm, 'asked', @now FROM groups g
            WHERE g.id = @group AND g.{Rules.GroupIsActive} AND g.erasing = 0
            ON CONFLICT (group_id, address_hash) DO UPDATE SET language = excluded.language, rhythm = excluded.rhythm, created_at = excluded.created_at,
                participant_id = CASE WHEN report_subscribers.state = 'asked' THEN excluded.participant_id ELSE report_subscribers.participant_id END
            """,
            row);
        return await OneAsync(session, $"{Select} WHERE s.group_id = @group AND s.address_hash = @hash", row);
    }

    /// <returns>Null if they have left.</returns>
    public static Task<ReportSubscriber?> FindAsync(Session session, SubscriberId subscriber) => OneAsync(session, $"{Select} WHERE s.id = @subscriber", new { subscriber });

    /// <returns>Null if there is none.</returns>
    public static Task<ReportSubscriber?> FindAsync(Session session, GroupId group, string address) =>
        OneAsync(session, $"{Select} WHERE s.group_id = @group AND s.address_hash = @hash", new { group, hash = HashOf(session, address) });

    /// <summary>The confirmed subscribers of a group's reports of one kind.</summary>
    public static async Task<IReadOnlyList<ReportSubscriber>> ConfirmedAsync(Session session, GroupId group, ReportPeriod kind) =>
        [.. (await session.QueryAsync<Row>(
            $"{Select} WHERE s.group_id = @group AND s.state = 'confirmed' AND s.rhythm IN (@kind, 'both') ORDER BY s.created_at, s.id",
            new { group, kind = kind.ToString().ToLowerInvariant() })).Select(row => row.Open(session))];

    /// <summary>All subscribers, by group; of one group or participant only, where they are given.</summary>
    public static async Task<IReadOnlyList<ReportSubscriber>> ListAsync(Session session, GroupId? group, ParticipantId? participant) =>
        [.. (await session.QueryAsync<Row>(
            $"""
            {Select} WHERE (CAST(@group AS TEXT) IS NULL OR s.group_id = @group) AND (CAST(@participant AS TEXT) IS NULL OR s.participant_id = @participant)
            ORDER BY s.group_id, s.created_at, s.id
            """,
            new { group = group?.Value, participant = participant?.Value })).Select(row => row.Open(session))];

    /// <returns>False if they are confirmed already, or have left.</returns>
    public static async Task<bool> ConfirmAsync(Session session, SubscriberId subscriber, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE report_subscribers SET state = 'confirmed', confirmed_at = @now WHERE id = @subscriber AND state = 'asked'",
            new { subscriber, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Deletes a subscriber, and withholds the mails that wait.</summary>
    /// <returns>False if they have left before.</returns>
    public static async Task<bool> LeaveAsync(Session session, SubscriberId subscriber)
    {
        await MailTable.WithholdAsync(session, subscriber);
        await WithdrawalTable.AddAsync(session, WithdrawalKind.Unsubscribed, subscriber.Value);
        return await session.ExecuteAsync("DELETE FROM report_subscribers WHERE id = @subscriber", new { subscriber }) > 0;
    }

    /// <summary>Deletes a subscriber who left before, after a restore.</summary>
    /// <returns>False if they are not there.</returns>
    public static async Task<bool> LeftBeforeAsync(Session session, SubscriberId subscriber)
    {
        await MailTable.WithholdAsync(session, subscriber);
        return await session.ExecuteAsync("DELETE FROM report_subscribers WHERE id = @subscriber", new { subscriber }) > 0;
    }

    private static string HashOf(Session session, string address) => session.Key.HashOf($"mail:{address.Trim().ToLowerInvariant()}");

    private static async Task<ReportSubscriber?> OneAsync(Session session, string sql, object values) =>
        (await session.QueryAsync<Row>(sql, values)).Select(row => row.Open(session)).SingleOrDefault();

    private sealed record Row
    {
        public SubscriberId Id { get; init; }

        public GroupId GroupId { get; init; }

        public string Address { get; init; } = "";

        public ParticipantId? ParticipantId { get; init; }

        public string Language { get; init; } = "";

        public string Rhythm { get; init; } = "";

        public string State { get; init; } = "";

        public long CreatedAt { get; init; }

        public ReportSubscriber Open(Session session) => new(
            Id, GroupId, session.Key.Open(Address) ?? "", ParticipantId, Language, Enum.Parse<ReportRhythm>(Rhythm, ignoreCase: true), State == "confirmed",
            DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt));
    }
}

/// <summary>A mail address that gets reports, or was asked whether it wants them.</summary>
/// <param name="Address">The mail address.</param>
/// <param name="Participant">The participant with this address; null: somebody whom the bot does not know.</param>
/// <param name="Language">One of the bot's languages.</param>
/// <param name="IsConfirmed">True once the link in the confirmation mail was used.</param>
public sealed record ReportSubscriber(
    SubscriberId Id, GroupId Group, string Address, ParticipantId? Participant, string Language, ReportRhythm Rhythm, bool IsConfirmed, DateTimeOffset CreatedAt);
