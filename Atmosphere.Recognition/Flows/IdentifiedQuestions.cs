using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows;

/// <summary>The questions that ask nothing: colleagues are told whom a face was taken for, and can say that it is not they.</summary>
internal static class IdentifiedQuestions
{
    /// <summary>Tells colleagues of a name, once a face and person; not of a photo that is gone, nor where the question tells that gave the name.</summary>
    public static async Task AddAsync(Session session, IOutbox outbox, PhotoId photo, FaceId face, PersonId person, DateTimeOffset now)
    {
        var question = QuestionId.New();
        if (await QuestionTable.AddIdentifiedAsync(session, question, photo, face, person, now))
            await outbox.SendAsync(session, new QuestionChanged(question));
    }

    /// <summary>The face does not bear the name any more that colleagues were told.</summary>
    public static async Task TakeBackAsync(Session session, IOutbox outbox, FaceId face, DateTimeOffset now)
    {
        foreach (var question in await QuestionTable.UndoIdentifiedAsync(session, face, now))
            await outbox.SendAsync(session, new QuestionChanged(question));
    }
}
