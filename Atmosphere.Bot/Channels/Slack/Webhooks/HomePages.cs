using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons.Erasure;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Which page of the App Home each colleague looks at.</summary>
internal sealed class HomePages(IOutbox outbox, TimeProvider clock)
{
    // A vote is counted behind the queue, and several quick ones are shown together.
    private static readonly TimeSpan _counted = TimeSpan.FromSeconds(1);

    /// <summary>Somebody opens a page.</summary>
    public async Task OpenAsync(Session session, string user, int page)
    {
        _ = await session.ExecuteAsync(
            """
            INSERT INTO slack_homes (user_id, page, wanted, opened_at) VALUES (@user, @page, 1, @now)
            ON CONFLICT (user_id) DO UPDATE SET page = excluded.page, wanted = 1, opened_at = excluded.opened_at
            """,
            new { user, page, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        await outbox.SendAsync(session, new SlackHomeWanted(user));
    }

    /// <summary>What is shown to somebody has changed; nobody draws a page that nobody opened.</summary>
    public async Task RefreshAsync(Session session, string user)
    {
        if (await session.ExecuteAsync("UPDATE slack_homes SET wanted = 1 WHERE user_id = @user AND wanted = 0", new { user }) > 0)
            await outbox.SendAsync(session, new SlackHomeWanted(user), _counted);
    }

    /// <summary>Begins to draw: what changes from now on is drawn again.</summary>
    /// <returns>The page; null: it was never opened.</returns>
    public static async Task<int?> BeginAsync(Session session, string user)
    {
        _ = await session.ExecuteAsync("UPDATE slack_homes SET wanted = 0 WHERE user_id = @user", new { user });
        return (int?)await session.QuerySingleOrDefaultAsync<long?>("SELECT page FROM slack_homes WHERE user_id = @user", new { user });
    }
}

/// <summary>A home that was drawn may show the name of somebody who is forgotten: all of them are drawn anew.</summary>
internal sealed class HomesForget(HomePages homes) : IPersonalPlaces
{
    public async Task<int> ForgetAsync(Session session, ForgottenPerson person)
    {
        foreach (var user in await session.QueryAsync<string>("SELECT user_id FROM slack_homes ORDER BY user_id"))
            await homes.RefreshAsync(session, user);
        return 0;
    }

    public Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, ParticipantId participant) => Task.FromResult<IReadOnlyList<MediaKey>>([]);

    public Task<int> ForgetAsync(Session session, ParticipantId participant, DeliveryId? lastWord) => Task.FromResult(0);

    public Task<int> SearchAsync(Session session, IReadOnlyCollection<string> ids) => Task.FromResult(0);
}
