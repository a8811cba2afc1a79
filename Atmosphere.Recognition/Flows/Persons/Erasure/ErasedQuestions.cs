using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>What colleagues were asked about somebody who is forgotten: their posts name nobody any more, then the rows.</summary>
internal static class ErasedQuestions
{
    /// <summary>The posts that name the person, or ask about a face of theirs, and what they shall show.</summary>
    public static async Task<IReadOnlyList<(ColleaguePost Post, QuestionView View)>> PostsAsync(Session session, PersonId person, IReadOnlyList<FaceInPhoto> faces) =>
        await ViewsAsync(session, await QuestionsOfFace.AboutAsync(session, person, Ids(faces)));

    /// <summary>The posts that ask about a photo, and what they shall show.</summary>
    public static async Task<IReadOnlyList<(ColleaguePost Post, QuestionView View)>> PostsOfPhotoAsync(Session session, PhotoId photo) =>
        await ViewsAsync(session, await QuestionsOfFace.OfPhotoAsync(session, photo));

    /// <summary>A question whose face stays goes on without the person; where its face goes, another face of the cluster is shown, or it is deleted.</summary>
    /// <returns>How many rows were deleted.</returns>
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
