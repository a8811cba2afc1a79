using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Questions;

/// <summary>
/// Posts automatic identifications to colleagues, who can undo them. Only if a channel to colleagues is connected, and according to
/// <see cref="IdentifyOptions.TellIdentified"/>.
/// </summary>
internal sealed class IdentifiedPosts(IColleagues colleagues, IOptions<IdentifyOptions> options, TimeProvider clock)
{
    /// <summary>Posts once per face and person; not for a deleted photo, nor if the question that gave the name shows it already.</summary>
    public async Task AddAsync(Session session, IOutbox outbox, PhotoId photo, FaceId face, PersonId person)
    {
        if (!options.Value.TellIdentified || !colleagues.Listening)
            return;

        var question = QuestionId.New();
        if (await QuestionMoves.TellAsync(session, question, photo, face, person, clock.GetUtcNow()))
            await outbox.SendAsync(session, new QuestionChanged(question));
    }

    /// <summary>Undoes the posts of a face that has lost the name.</summary>
    public static async Task TakeBackAsync(Session session, IOutbox outbox, FaceId face, DateTimeOffset now)
    {
        foreach (var question in await QuestionsOfFace.IdentifiedAsync(session, face))
        {
            if (await UndoQuestion.UndoAsync(session, question, QuestionMove.NameRevoked, now))
                await outbox.SendAsync(session, new QuestionChanged(question));
        }
    }
}
