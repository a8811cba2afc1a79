using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons.Erasure;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Tracks the App Home page that each colleague has open.</summary>
internal sealed class HomePages(IOutbox outbox, TimeProvider clock)
{
    // A vote is counted by a queue worker, and several quick votes are shown together.
    private static readonly TimeSpan _counted = TimeSpan.FromSeconds(1);

    /// <summary>Opens a page for a user.</summary>
    public async Task OpenAsync(Session session, string user, int page)
    {
        await SlackHomeTable.OpenAsync(session, user, page, clock.GetUtcNow());
        await outbox.SendAsync(session, new SlackHomeWanted(user));
    }

    /// <summary>Requests a redraw of a user's page; a page that was never opened is not drawn.</summary>
    public async Task RefreshAsync(Session session, string user)
    {
        if (await SlackHomeTable.WantAsync(session, user))
            await outbox.SendAsync(session, new SlackHomeWanted(user), _counted);
    }

    /// <summary>Starts drawing: later changes cause another redraw.</summary>
    /// <returns>The page; null if it was never opened.</returns>
    public static Task<int?> BeginAsync(Session session, string user) => SlackHomeTable.BeginAsync(session, user);
}

/// <summary>Redraws all homes after an erasure, because any of them may show the erased person's name.</summary>
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
