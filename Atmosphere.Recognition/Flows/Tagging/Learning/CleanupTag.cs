using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>After the engine refused the faces: unlearns them, deletes the votes, and shows the reason in the post.</summary>
internal sealed class CleanupTag(Database database, IFaceCollections collections, TimeProvider clock) : IStep<FaceTrainingRefused>
{
    public async Task<Effects> HandleAsync(FaceTrainingRefused message, CancellationToken cancellation)
    {
        var (question, trained) = await database.ReadAsync(
            async session => (await QuestionTable.FindAsync(session, message.Question), await TrainedFaces.OfQuestionAsync(session, message.Question)), cancellation);
        if (question is null)
            return Effects.None;

        try
        {
            if (trained.Count > 0)
                await collections.DeleteFacesAsync(CollectionId.Of(question.GroupId), trained, cancellation);
        }
        catch (CollectionNotFoundException)
        {
            // Then there is nothing to delete.
        }

        return new Effects().Change(async (session, outbox) =>
        {
            // The text names the person that the face does not resemble.
            var outcome = new QuestionOutcome(Person: message.Reason == SendFaceForTraining.NotAlike ? question.PersonId : null, Reason: message.Reason);
            if (await QuestionMoves.FireAsync(session, message.Question, QuestionMove.EngineRefuses, clock.GetUtcNow(), outcome) != MoveVerdict.Moved)
                return;

            await TrainedFaces.EndAsync(session, trained, TrainedFaces.Refused, clock.GetUtcNow());
            await VoteTable.EndAsync(session, question.FaceId);
            await outbox.SendAsync(session, new QuestionChanged(message.Question));
            if (trained.Count > 0 && question.PersonId is { } person)
                await RevokeNames.AfterUnlearningAsync(session, outbox, person, question.GroupId, DateTimeOffset.FromUnixTimeMilliseconds(question.DecidedAt ?? question.AskedAt));
        });
    }
}
