using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>Corrects whatever a name was in that a face does not bear any more: the delivery, the notice to colleagues, the question that it had answered.</summary>
internal sealed class LostNames(ClusterQuestions clusters, IOutbox outbox)
{
    /// <param name="lost">Faces of the photo; they are in the clusters where they belong.</param>
    public async Task TakeAsync(Session session, PhotoId photo, IReadOnlyList<LostName> lost, DateTimeOffset now)
    {
        foreach (var name in lost)
        {
            await FaceSearches.PutAsync(session, photo, name.Face.Id, name.Search);
            var like = name.Search is { Verdict: MatchVerdict.Uncertain, Matches: [var best, ..] } && await PersonTable.CanBeNamedAsync(session, best.User) ? best : null;
            await FaceTable.LoseNameAsync(session, name.Face.Id, name.Person, like?.User, like?.Similarity);
        }

        await DistributionTable.WithdrawAsync(session, photo, Withheld.Undone);
        foreach (var name in lost)
        {
            await IdentifiedQuestions.TakeBackAsync(session, outbox, name.Face.Id, now);
            await AskAgainAsync(session, name, now);
            await UnidentifiedFaces.AskAsync(session, outbox, photo, name.Face.Id);
        }
    }

    /// <summary>A question that the name had answered is asked again; the answers that there were count.</summary>
    private async Task AskAgainAsync(Session session, LostName name, DateTimeOffset now)
    {
        foreach (var question in await QuestionTable.AnsweredByNameAsync(session, name.Face.Id, name.Person))
        {
            if (question.FaceId == name.Face.Id && await QuestionTable.FindNamedAsync(session, question.Id, name.Person) is { } undone
                && await QuestionTable.UndoAsync(session, question.Id, now))
            {
                await QuestionFaces.ForgetAsync(session, question.Id);
                await QuestionTable.AskAgainAsync(session, undone, await ClusterTable.OfFaceAsync(session, name.Face.Id), now);
                await clusters.CountVotesAsync(session, outbox, question.Id);
            }
            else
            {
                await QuestionFaces.ForgetAsync(session, question.Id, name.Face.Id);
                await QuestionTable.TouchAsync(session, question.Id, now);
            }

            await outbox.SendAsync(session, new QuestionChanged(question.Id));
        }
    }
}
