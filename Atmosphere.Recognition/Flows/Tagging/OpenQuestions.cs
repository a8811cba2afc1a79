using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>What becomes of questions when faces get their name without them.</summary>
internal static class OpenQuestions
{
    /// <summary>
    /// Where the face that is shown got its name, the question is decided; the faces of its cluster that got the same name are its own from
    /// then on, so that one click takes all of them back.
    /// </summary>
    public static async Task AnswerAsync(
        Session session, IOutbox outbox, ClusterQuestions clusters, IReadOnlyList<NamedLater> named, DateTimeOffset now)
    {
        var changed = new HashSet<QuestionId>();
        foreach (var face in named)
            changed.UnionWith(await DecideAsync(session, face, now));
        foreach (var face in named)
        {
            var questions = await QuestionTable.ListAsync(
                session,
                "WHERE kind <> 'identified' AND state IN ('asked', 'voting', 'decided') AND (face_id = @Face OR cluster_id = @cluster)",
                new { face.Face, cluster = face.Cluster?.Value });
            foreach (var question in questions)
            {
                if (question.IsNamed && question.PersonId == face.Person)
                    await QuestionFaces.AddAsync(session, question.Id, face.Face);
                else if (question.IsOpen)
                    await clusters.CountPhotosAsync(session, outbox, question);
            }
        }

        foreach (var question in changed)
            await outbox.SendAsync(session, new QuestionChanged(question));
    }

    /// <summary>Of clusters whose question is decided some faces may have stayed without a name: they are asked about anew, once.</summary>
    public static async Task AskAboutTheRestAsync(Session session, IOutbox outbox, GroupId group)
    {
        var rest = await session.QueryAsync<RestRow>(
            """
            SELECT MIN(c.face_id) AS face_id, c.photo_id FROM questions q JOIN cluster_faces c ON c.cluster_id = q.cluster_id
            WHERE q.group_id = @group AND q.state = 'decided' AND q.answer = 'person'
                AND EXISTS (SELECT 1 FROM question_faces n WHERE n.question_id = q.id)
                AND NOT EXISTS (SELECT 1 FROM questions o WHERE o.cluster_id = q.cluster_id AND o.id <> q.id
                    AND (o.state IN ('asked', 'voting') OR o.asked_at > q.asked_at))
                AND c.face_id = (SELECT MIN(m.face_id) FROM cluster_faces m WHERE m.cluster_id = q.cluster_id)
            GROUP BY c.cluster_id, c.photo_id
            """,
            new { group });
        foreach (var face in rest)
            await UnidentifiedFaces.AskAsync(session, outbox, face.PhotoId, face.FaceId);
    }

    private static async Task<IReadOnlyList<QuestionId>> DecideAsync(Session session, NamedLater face, DateTimeOffset now)
    {
        var decided = new List<QuestionId>();
        foreach (var question in await QuestionTable.ListAsync(session, "WHERE face_id = @Face AND state IN ('asked', 'voting')", new { face.Face }))
        {
            if (await QuestionTable.MoveAsync(session, question.Id, QuestionTable.Open, QuestionState.Decided, now, TagAnswer.Person, face.Person)
                && await QuestionTable.FinalizeAsync(session, question.Id, now))
                decided.Add(question.Id);
        }

        return decided;
    }

    private sealed record RestRow
    {
        public FaceId FaceId { get; init; }

        public PhotoId PhotoId { get; init; }
    }
}
