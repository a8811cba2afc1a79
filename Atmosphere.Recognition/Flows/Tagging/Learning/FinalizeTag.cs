using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>
/// Names the faces of a decided question and distributes their photos, oldest first; the post shows the voters and the name.
/// </summary>
internal sealed class FinalizeTag(Database database, TaggedFaceCheck faces, QuestionsAnsweredByName answered, LeavingClusters clusters, TimeProvider clock) : IStep<FaceTrainingSent>
{
    public async Task<Effects> HandleAsync(FaceTrainingSent message, CancellationToken cancellation)
    {
        if (await database.ReadAsync(session => QuestionTable.FindAsync(session, message.Question), cancellation) is not { IsNamed: true, FinalizedAt: null } question)
            return Effects.None;

        // After the learning, which may have made more of the other faces recognisable.
        var passed = await database.ReadAsync(session => PersonTable.CanBeNamedAsync(session, question.PersonId!.Value), cancellation)
            ? await faces.CheckAsync(question, cancellation)
            : null;
        return new Effects().Change((session, outbox) => NameAsync(session, outbox, question, passed));
    }

    private async Task NameAsync(Session session, IOutbox outbox, QuestionRow question, CheckedFaces? passed)
    {
        var (now, person) = (clock.GetUtcNow(), question.PersonId!.Value);
        // Undone, refused, or the person was erased meanwhile.
        if (await QuestionTable.FindAsync(session, question.Id) is not { IsNamed: true } still || still.PersonId != person
            || !await QuestionTable.FinalizeAsync(session, question.Id, now))
        {
            return;
        }

        var named = new List<FaceId>();
        if (await PersonTable.MayBeTaggedAsync(session, person, question.GroupId))
        {
            foreach (var face in passed?.Faces ?? [])
            {
                if (!await FaceTable.TagAsync(session, face.Face.Id, person, face.Similarity, now))
                    continue;
                await QuestionFaces.AddAsync(session, question.Id, face.Face.Id);
                named.Add(face.Face.Id);
            }
        }

        var photos = await PhotoTable.OfFacesAsync(session, named);
        await clusters.LeaveAsync(session, named, now);
        await answered.DecideByNameAsync(session, outbox, named);
        if (photos.Count > 0)
            _ = await QuestionTable.CountPhotosAsync(session, question.Id, photos.Count, now);
        foreach (var photo in photos)
        {
            if (await PhotoTable.WasDecidedAsync(session, photo))
                await outbox.SendAsync(session, new DistributePhoto(photo));
        }

        await outbox.SendAsync(session, new PersonTaught(person, question.GroupId));
        await outbox.SendAsync(session, new QuestionChanged(question.Id));
    }
}
