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
        var added = await session.ExecuteAsync(
            """
            INSERT INTO questions (id, group_id, kind, face_id, photo_id, about_id, state, answer, person_id, asked_at, changed_at, decided_at, finalized_at)
            SELECT @question, p.group_id, 'identified', @face, p.id, @person, 'decided', 'person', @person, @at, @at, @at, @at
            FROM photos p JOIN groups g ON g.id = p.group_id AND g.ended_at IS NULL
            WHERE p.id = @photo AND p.expired_at IS NULL AND p.state IN ('processed', 'degraded')
                AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.face_id = @face AND q.kind = 'identified' AND q.person_id = @person AND q.state = 'decided')
                AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.kind <> 'identified' AND q.state = 'decided' AND q.person_id = @person
                    AND (q.face_id = @face OR EXISTS (SELECT 1 FROM question_faces n WHERE n.question_id = q.id AND n.face_id = @face)))
            """,
            new { question, photo, face, person, at = now.ToUnixTimeMilliseconds() });
        if (added > 0)
            await outbox.SendAsync(session, new QuestionChanged(question));
    }

    /// <summary>The face does not bear the name any more that colleagues were told.</summary>
    public static async Task TakeBackAsync(Session session, IOutbox outbox, FaceId face, DateTimeOffset now)
    {
        var told = await session.QueryAsync<QuestionId>(
            """
            UPDATE questions SET state = 'undone', changed_at = CASE WHEN changed_at >= @at THEN changed_at + 1 ELSE @at END
            WHERE face_id = @face AND kind = 'identified' AND state = 'decided' RETURNING id
            """,
            new { face, at = now.ToUnixTimeMilliseconds() });
        foreach (var question in told)
            await outbox.SendAsync(session, new QuestionChanged(question));
    }
}
