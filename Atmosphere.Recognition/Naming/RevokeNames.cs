using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Naming;

/// <summary>
/// Removes names from faces and corrects what used them: deliveries, posts to colleagues, and questions answered by the name.
/// </summary>
internal sealed class RevokeNames(QuestionVotes votes, IOutbox outbox)
{
    /// <summary>
    /// After wrong faces of a person were removed from the collection: the names that these faces gave are checked again, then all unnamed
    /// faces, because the wrong faces may have hidden another person.
    /// </summary>
    /// <param name="since">Names given before this time are not affected.</param>
    public static async Task AfterUnlearningAsync(Session session, IOutbox outbox, PersonId person, GroupId group, DateTimeOffset since)
    {
        await outbox.SendAsync(session, new PersonUntaught(person, group, since));
        await outbox.SendAsync(session, new PersonTaught(person, group));
    }

    /// <param name="lost">Faces of the photo, already returned to their clusters of unknown faces.</param>
    public async Task RevokeAsync(Session session, PhotoId photo, IReadOnlyList<RevokedName> lost, DateTimeOffset now)
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
            await IdentifiedPosts.TakeBackAsync(session, outbox, name.Face.Id, now);
            await AskAgainAsync(session, name, now);
            await UnidentifiedFaces.AskAsync(session, outbox, photo, name.Face.Id);
        }
    }

    /// <summary>Asks the questions again that the name had answered; earlier votes still count.</summary>
    private async Task AskAgainAsync(Session session, RevokedName name, DateTimeOffset now)
    {
        foreach (var question in await QuestionsOfFace.AnsweredByNameAsync(session, name.Face.Id, name.Person))
        {
            if (question.FaceId == name.Face.Id && await QuestionsOfFace.FindNamedAsync(session, question.Id, name.Person) is not null
                && await UndoQuestion.UndoAsync(session, question.Id, QuestionMove.NameRevoked, now))
            {
                await QuestionFaces.ForgetAsync(session, question.Id);
                await UndoQuestion.AskAgainAsync(session, question.Id, await ClusterTable.OfFaceAsync(session, name.Face.Id), now);
                await votes.CountAsync(session, outbox, question.Id);
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
