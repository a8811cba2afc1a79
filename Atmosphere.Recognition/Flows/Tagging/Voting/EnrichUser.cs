using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging.Voting;

/// <summary>Looks up a voter's name, at most once a day. The vote counts whether that succeeds or not.</summary>
internal sealed class EnrichUser(Database database, IColleagues colleagues, TimeProvider clock) : IStep<ColleagueVoted>
{
    private static readonly TimeSpan _fresh = TimeSpan.FromDays(1);

    public async Task<Effects> HandleAsync(ColleagueVoted message, CancellationToken cancellation)
    {
        if (!colleagues.Listening || !message.Voter.StartsWith("slack:", StringComparison.Ordinal))
            return Effects.None;

        if (await database.ReadAsync(session => ColleagueTable.IsFreshAsync(session, message.Voter, clock.GetUtcNow() - _fresh), cancellation))
            return Effects.None;
        var colleague = await colleagues.LookUpAsync(message.Voter, cancellation);
        return new Effects().Change(session => ColleagueTable.PutAsync(session, message.Voter, colleague?.Name, colleague?.Mail, clock.GetUtcNow()));
    }
}
