using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>Finds out who a voter is, at most once a day. The vote counts whether that succeeds or not.</summary>
internal sealed class EnrichUser(Database database, IColleagues colleagues, TimeProvider clock) : IStep<ColleagueVoted>
{
    private static readonly TimeSpan _fresh = TimeSpan.FromDays(1);

    public async Task<Effects> HandleAsync(ColleagueVoted message, CancellationToken cancellation)
    {
        if (!colleagues.Listening || !message.Voter.StartsWith("slack:", StringComparison.Ordinal))
            return Effects.None;

        var since = (clock.GetUtcNow() - _fresh).ToUnixTimeMilliseconds();
        var known = await database.ReadAsync(
            session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM colleagues WHERE voter = @Voter AND enriched_at > @since", new { message.Voter, since }),
            cancellation);
        if (known > 0)
            return Effects.None;

        var colleague = await colleagues.LookUpAsync(message.Voter, cancellation);
        return new Effects().Change(session => session.ExecuteAsync(
            """
            INSERT INTO colleagues (voter, name, mail, enriched_at) VALUES (@Voter, @name, @mail, @at)
            ON CONFLICT (voter) DO UPDATE SET
                name = COALESCE(excluded.name, colleagues.name), mail = COALESCE(excluded.mail, colleagues.mail), enriched_at = excluded.enriched_at
            """,
            new { message.Voter, name = colleague?.Name, mail = colleague?.Mail, at = clock.GetUtcNow().ToUnixTimeMilliseconds() }));
    }
}
