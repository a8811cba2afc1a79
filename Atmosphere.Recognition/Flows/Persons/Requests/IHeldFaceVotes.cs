using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>Accepts colleagues' answers about held faces. An answer is counted by a queue worker.</summary>
public interface IHeldFaceVotes
{
    /// <summary>Accepts an answer. A repeated one changes nothing; another one by the same voter replaces it.</summary>
    /// <param name="session">The caller's transaction.</param>
    /// <param name="voter">slack:ID; the caller has checked that they may vote.</param>
    /// <param name="same">Whether the shown faces are one person's.</param>
    /// <returns>False if somebody has decided already, or the face is gone.</returns>
    Task<bool> VoteAsync(Session session, FaceId held, string voter, bool same);
}

/// <summary>Accepts the answers of colleagues on Slack.</summary>
internal sealed class HeldFaceVotes(IOutbox outbox) : IHeldFaceVotes
{
    public async Task<bool> VoteAsync(Session session, FaceId held, string voter, bool same)
    {
        if (await HeldFaceTable.FindAsync(session, held) is not { State: "waiting" })
            return false;
        await outbox.SendAsync(session, new HeldFaceVoted(held, voter, same));
        return true;
    }
}
