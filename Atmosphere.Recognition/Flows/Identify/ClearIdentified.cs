using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Identify;

/// <summary>
/// Removes a name that a colleague says is wrong: from the identified face, or from all faces that a question named. Unlearns these faces,
/// withholds the photo from those who do not have it yet, and asks again.
/// </summary>
internal sealed class ClearIdentified(Database database, IFaceCollections collections, LeavingClusters clusters, TimeProvider clock) : IStep<FaceIdentificationUndone>
{
    public async Task<Effects> HandleAsync(FaceIdentificationUndone message, CancellationToken cancellation)
    {
        var (question, learned) = await database.ReadAsync(
            async session => (await QuestionsOfFace.FindNamedAsync(session, message.Question, message.Person), await TrainedFaces.TaughtByAsync(session, message.Question, message.Person)),
            cancellation);
        if (question is null)
            return Effects.None;
        if (learned.Any(face => face.State == "sending"))
            throw new TryLaterException($"What question {message.Question} decided is being taught just now; it is taken back after that.", TimeSpan.FromSeconds(2));

        if (learned.Count > 0)
            await ForgetAsync(CollectionId.Of(question.GroupId), message.Person, [.. learned.Select(face => face.FaceId)], cancellation);
        return new Effects().Change((session, outbox) => ClearAsync(session, outbox, message, [.. learned.Select(face => face.FaceId)]));
    }

    private async Task ForgetAsync(CollectionId collection, PersonId person, IReadOnlyList<FaceId> faces, CancellationToken cancellation)
    {
        try
        {
            await collections.DisassociateFacesAsync(collection, person, faces, cancellation);
            await collections.DeleteFacesAsync(collection, faces, cancellation);
        }
        catch (CollectionNotFoundException)
        {
            // The group has ended, and its collection is deleted.
        }
    }

    private async Task ClearAsync(Session session, IOutbox outbox, FaceIdentificationUndone message, IReadOnlyList<FaceId> forgotten)
    {
        var now = clock.GetUtcNow();
        // Faces whose learning has started since would stay learned.
        if ((await TrainedFaces.TaughtByAsync(session, message.Question, message.Person)).Any(face => !forgotten.Contains(face.FaceId)))
            throw new TryLaterException($"What question {message.Question} decided is being taught just now; it is taken back after that.", TimeSpan.FromSeconds(2));
        // After a second click, or if the name has changed or is gone, there is nothing to undo.
        if (await QuestionsOfFace.FindNamedAsync(session, message.Question, message.Person) is not { } question
            || !await UndoQuestion.UndoAsync(session, message.Question, QuestionMove.NotThem, now))
            return;

        var faces = await QuestionFaces.NamedAsync(session, message.Question, message.Person);
        foreach (var (face, photo) in faces)
            await NameDenials.AddAsync(session, outbox, photo, face, message.Person, NameDenials.VoterOf(message.Voter, message.Person), Withheld.Undone, now);
        await TrainedFaces.UndoneAsync(session, message.Question, message.Person, now);
        await QuestionFaces.ForgetAsync(session, message.Question);
        if (question.Kind == "identified")
            await UnidentifiedFaces.AskAsync(session, outbox, question.PhotoId, question.FaceId);
        else
            await AskAgainAsync(session, question, message.Person, faces, now);
        await outbox.SendAsync(session, new QuestionChanged(message.Question));
        // Other faces may have got the name because of the unlearned ones.
        if (forgotten.Count > 0)
            await RevokeNames.AfterUnlearningAsync(session, outbox, message.Person, question.GroupId, DateTimeOffset.FromUnixTimeMilliseconds(question.Since));
    }

    private async Task AskAgainAsync(
        Session session, UndoneQuestion question, PersonId person, IReadOnlyList<(FaceId Face, PhotoId Photo)> faces, DateTimeOffset now)
    {
        var cluster = question.ClusterId is { } left && faces.Count > 0
            ? await clusters.ReturnAsync(session, question.GroupId, left, faces, now)
            : question.ClusterId;
        await VoteTable.ForgetAsync(session, question.FaceId, person);
        await UndoQuestion.AskAgainAsync(session, question.Id, cluster, now);
    }
}
