using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons.Erasure;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Channels.Slack.Home;

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
