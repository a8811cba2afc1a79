using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>What colleagues were asked about somebody who is forgotten: their posts name nobody any more, then the rows.</summary>
internal static class ErasedQuestions
{
    private const string About =
        """
        WHERE face_id IN @ids OR person_id = @person OR about_id = @person
            OR EXISTS (SELECT 1 FROM face_tags t WHERE t.face_id = questions.face_id AND t.person_id = @person)
            OR (state IN ('asked', 'voting') AND EXISTS (SELECT 1 FROM candidates c WHERE c.person_id = @person AND (c.face_id = questions.face_id
                OR c.face_id IN (SELECT f.face_id FROM cluster_faces f WHERE f.cluster_id = questions.cluster_id))))
        """;

    /// <summary>The posts that name the person, or ask about a face of theirs, and what they shall show.</summary>
    public static async Task<IReadOnlyList<(ColleaguePost Post, QuestionView View)>> PostsAsync(Session session, PersonId person, IReadOnlyList<FaceInPhoto> faces) =>
        await ViewsAsync(session, await QuestionTable.ListAsync(session, About, new { person, ids = Text(faces) }));

    /// <summary>The posts that ask about a photo, and what they shall show.</summary>
    public static async Task<IReadOnlyList<(ColleaguePost Post, QuestionView View)>> PostsOfPhotoAsync(Session session, PhotoId photo) =>
        await ViewsAsync(session, await QuestionTable.ListAsync(session, "WHERE photo_id = @photo", new { photo }));

    /// <summary>A question whose face stays goes on without the person; where its face goes, another face of the cluster is shown, or it is deleted.</summary>
    /// <returns>How many rows were deleted.</returns>
    public static async Task<int> DeleteAsync(Session session, IOutbox outbox, PersonTraces traces, DateTimeOffset now)
    {
        var going = traces.Faces.Select(face => face.FaceId).ToHashSet();
        var about = await QuestionTable.ListAsync(session, About, new { person = traces.Person, ids = Text(traces.Faces) });
        foreach (var question in about.Where(question => question.IsOpen && going.Contains(question.FaceId)))
            await ClusterQuestions.GoneAsync(session, outbox, question, going, now);
        foreach (var question in about.Where(question => question.IsOpen && !going.Contains(question.FaceId) && question.AboutId == traces.Person))
            _ = await QuestionTable.MoveAsync(session, question.Id, QuestionTable.Open, QuestionState.Expired, now, reason: ClusterQuestions.Gone);

        var deleted = await session.ExecuteAsync("DELETE FROM questions WHERE face_id IN @ids", new { ids = Text(traces.Faces) });
        await QuestionTable.ForgetAsync(session, traces.Person);
        foreach (var question in about)
        {
            if (await QuestionTable.FindAsync(session, question.Id) is null)
                continue;
            await QuestionTable.TouchAsync(session, question.Id, now);
            await outbox.SendAsync(session, new QuestionChanged(question.Id));
        }

        return deleted;
    }

    private static async Task<IReadOnlyList<(ColleaguePost Post, QuestionView View)>> ViewsAsync(Session session, IReadOnlyList<QuestionRow> questions)
    {
        var views = new List<(ColleaguePost, QuestionView)>();
        foreach (var question in questions)
        {
            if (question is not { PostState: "posted", Channel: { } channel, Ts: { } ts })
                continue;
            var group = await session.QuerySingleOrDefaultAsync<string>("SELECT name FROM groups WHERE id = @GroupId", question);
            views.Add((new ColleaguePost(channel, ts), ClusterQuestions.GoneView(question, group ?? "")));
        }

        return views;
    }

    private static IEnumerable<string> Text(IEnumerable<FaceInPhoto> faces) => faces.Select(face => face.FaceId.Value);
}
