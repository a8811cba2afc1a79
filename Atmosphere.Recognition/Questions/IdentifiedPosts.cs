using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Questions;

/// <summary>
/// Posts that ask nothing: colleagues are told which name a face got by itself, and can say that it is wrong. Only where they listen, and by
/// <see cref="IdentifyOptions.TellIdentified"/>.
/// </summary>
internal sealed class IdentifiedPosts(IColleagues colleagues, IOptions<IdentifyOptions> options, TimeProvider clock)
{
    /// <summary>Once for each face and person; not for a photo that is gone, and not where the question that gave the name tells of it already.</summary>
    public async Task AddAsync(Session session, IOutbox outbox, PhotoId photo, FaceId face, PersonId person)
    {
        if (!options.Value.TellIdentified || !colleagues.Listening)
            return;

        var question = QuestionId.New();
        if (await QuestionMoves.TellAsync(session, question, photo, face, person, clock.GetUtcNow()))
            await outbox.SendAsync(session, new QuestionChanged(question));
    }

    /// <summary>The face no longer has the name that colleagues were told.</summary>
    public static async Task TakeBackAsync(Session session, IOutbox outbox, FaceId face, DateTimeOffset now)
    {
        foreach (var question in await QuestionsOfFace.IdentifiedAsync(session, face))
        {
            if (await UndoQuestion.UndoAsync(session, question, QuestionMove.NameRevoked, now))
                await outbox.SendAsync(session, new QuestionChanged(question));
        }
    }
}
