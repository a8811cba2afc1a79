using Atmosphere.Bot.Storage;
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
        await SlackHomeTable.OpenAsync(session, user, page, clock.GetUtcNow());
        await outbox.SendAsync(session, new SlackHomeWanted(user));
    }

    /// <summary>What is shown to somebody has changed; nobody draws a page that nobody opened.</summary>
    public async Task RefreshAsync(Session session, string user)
    {
        if (await SlackHomeTable.WantAsync(session, user))
            await outbox.SendAsync(session, new SlackHomeWanted(user), _counted);
    }

    /// <summary>Begins to draw: what changes from now on is drawn again.</summary>
    /// <returns>The page; null: it was never opened.</returns>
    public static Task<int?> BeginAsync(Session session, string user) => SlackHomeTable.BeginAsync(session, user);
}

/// <summary>A home that was drawn may show the name of somebody who is forgotten: all of them are drawn anew.</summary>
internal sealed class HomesForget(HomePages homes) : IPersonalPlaces
{
    public async Task<int> ForgetAsync(Session session, ForgottenPerson person)
    {
        foreach (var user in await SlackHomeTable.UsersAsync(session))
            await homes.RefreshAsync(session, user);
        return 0;
    }

    public Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, ParticipantId participant) => Task.FromResult<IReadOnlyList<MediaKey>>([]);

    public Task<int> ForgetAsync(Session session, ParticipantId participant, DeliveryId? lastWord) => Task.FromResult(0);

    public Task<int> SearchAsync(Session session, IReadOnlyCollection<string> ids) => Task.FromResult(0);
}
