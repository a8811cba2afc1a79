using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Removes an erased person from questions to colleagues: first from the posts, then from the rows.</summary>
internal static class ErasedQuestions
{
    /// <summary>The posts that name the person or ask about one of the faces, with their new content.</summary>
    public static async Task<IReadOnlyList<(ColleaguePost Post, QuestionView View)>> PostsAsync(Session session, PersonId person, IReadOnlyList<FaceInPhoto> faces) =>
        await ViewsAsync(session, await QuestionsOfFace.AboutAsync(session, person, Ids(faces)));

    /// <summary>The posts that ask about a photo, with their new content.</summary>
    public static async Task<IReadOnlyList<(ColleaguePost Post, QuestionView View)>> PostsOfPhotoAsync(Session session, PhotoId photo) =>
        await ViewsAsync(session, await QuestionsOfFace.OfPhotoAsync(session, photo));

    /// <summary>
    /// A question whose face stays continues without the person. If its face is deleted, another face of the cluster is shown, or it is
    /// deleted.
    /// </summary>
    /// <returns>The number of deleted rows.</returns>
    public static async Task<int> DeleteAsync(Session session, IOutbox outbox, PersonTraces traces, DateTimeOffset now)
    {
        var going = traces.Faces.Select(face => face.FaceId).ToHashSet();
        var about = await QuestionsOfFace.AboutAsync(session, traces.Person, Ids(traces.Faces));
        foreach (var question in about.Where(question => question.IsOpen && going.Contains(question.FaceId)))
            await QuestionExpiry.FaceGoesAsync(session, outbox, question, going, now);
        foreach (var question in about.Where(question => question.IsOpen && !going.Contains(question.FaceId) && question.AboutId == traces.Person))
            await QuestionExpiry.PersonGoesAsync(session, question.Id, now);

        var deleted = await QuestionTable.DeleteAsync(session, Ids(traces.Faces));
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
            var group = await GroupTable.NameAsync(session, question.GroupId);
            views.Add((new ColleaguePost(channel, ts), QuestionExpiry.GoneView(question, group ?? "")));
        }

        return views;
    }

    private static IReadOnlyList<FaceId> Ids(IEnumerable<FaceInPhoto> faces) => [.. faces.Select(face => face.FaceId)];
}
