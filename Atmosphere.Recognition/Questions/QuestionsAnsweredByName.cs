using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Questions;

/// <summary>Decides questions that need no answer any more, because their faces got a name by a search or a registration.</summary>
internal sealed class QuestionsAnsweredByName(ClusterQuestions clusters, TimeProvider clock)
{
    /// <summary>Decides the open questions whose face has a name.</summary>
    /// <param name="faces">Only questions about these faces; null: all.</param>
    public async Task DecideByNameAsync(Session session, IOutbox outbox, IReadOnlyCollection<FaceId>? faces)
    {
        var now = clock.GetUtcNow();
        foreach (var question in await QuestionsOfFace.OpenWithNameAsync(session, faces))
        {
            if (await DecideAsync(session, question.Id, question.PersonId, now))
                await outbox.SendAsync(session, new QuestionChanged(question.Id));
        }
    }

    /// <summary>
    /// Decides the questions that show one of the faces. Other faces of their clusters with the same name are attached to them, so that one
    /// click removes all of these names.
    /// </summary>
    public async Task DecideAsync(Session session, IOutbox outbox, IReadOnlyList<NamedFace> named)
    {
        var now = clock.GetUtcNow();
        var decided = new HashSet<QuestionId>();
        foreach (var face in named)
        {
            if (await QuestionsOfFace.OpenAsync(session, face.Face) is { } question && await DecideAsync(session, question.Id, face.Person, now))
                decided.Add(question.Id);
        }

        foreach (var face in named)
        {
            foreach (var question in await QuestionsOfCluster.OpenOrDecidedAsync(session, face.Face, face.Cluster))
            {
                if (question.IsNamed && question.PersonId == face.Person)
                    await QuestionFaces.AddAsync(session, question.Id, face.Face);
                else if (question.IsOpen)
                    await clusters.CountPhotosAsync(session, outbox, question);
            }
        }

        foreach (var question in decided)
            await outbox.SendAsync(session, new QuestionChanged(question));
    }

    private static async Task<bool> DecideAsync(Session session, QuestionId question, PersonId person, DateTimeOffset now) =>
        await QuestionMoves.FireAsync(session, question, QuestionMove.NamedOtherwise, now, new QuestionOutcome(TagAnswer.Person, person)) == MoveVerdict.Moved
        && await QuestionTable.FinalizeAsync(session, question, now);
}

/// <summary>A face that got its name without a question.</summary>
/// <param name="Cluster">The cluster that the face left; null: none.</param>
internal sealed record NamedFace(PhotoId Photo, FaceId Face, PersonId Person, ClusterId? Cluster);
