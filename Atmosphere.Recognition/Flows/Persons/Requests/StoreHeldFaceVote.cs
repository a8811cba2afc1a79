using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>Stores a colleague's answer about a held face, and decides when enough of them agree. Guardians of the person do not count.</summary>
internal sealed class StoreHeldFaceVote(IRequests requests, IOptions<TaggingOptions> options, TimeProvider clock) : IStep<HeldFaceVoted>
{
    private const string Same = "is";
    private const string Other = "other";

    public Task<Effects> HandleAsync(HeldFaceVoted message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Change((session, outbox) => StoreAsync(session, outbox, message)));

    private async Task StoreAsync(Session session, IOutbox outbox, HeldFaceVoted message)
    {
        if (await HeldFaceTable.FindAsync(session, message.Face) is not { State: "waiting", HandedOver: false } held
            || !await Memberships.ColleaguesDecideAsync(session, held.GroupId))
            return;
        if (!await VoteTable.VoteAsync(session, held.Id, message.Voter, message.Same ? Same : Other, held.PersonId, clock.GetUtcNow()))
            return;

        await outbox.SendAsync(session, new ColleagueVoted(message.Voter));
        var votes = await VoteTable.CountAsync(session, held.Id, options.Value.VotesFrom);
        if (votes.FirstOrDefault(same => same.OfOthers >= options.Value.Votes && same.Verdict is Same or Other) is not { } enough)
            return;
        _ = await requests.DecideAsync(session, held.Id, AnswerOf(held, enough.Verdict == Same));
    }

    private static RequestAnswer AnswerOf(HeldFace held, bool same) => (held.IsMatches, same) switch
    {
        (true, true) => RequestAnswer.Allow,
        (true, false) => RequestAnswer.Refuse,
        (false, true) => RequestAnswer.Same,
        (false, false) => RequestAnswer.Other,
    };
}
