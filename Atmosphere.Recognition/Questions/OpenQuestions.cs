using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Questions;

/// <summary>What becomes of questions when faces get their name without them.</summary>
internal static class OpenQuestions
{
    /// <summary>
    /// Where the face that is shown got its name, the question is decided; the faces of its cluster that got the same name are its own from
    /// then on, so that one click takes all of them back.
    /// </summary>
    public static async Task AnswerAsync(
        Session session, IOutbox outbox, ClusterQuestions clusters, IReadOnlyList<NamedFace> named, DateTimeOffset now)
    {
        var changed = new HashSet<QuestionId>();
        foreach (var face in named)
            changed.UnionWith(await DecideAsync(session, face, now));
        foreach (var face in named)
        {
            foreach (var question in await QuestionTable.OfFaceOrClusterAsync(session, face.Face, face.Cluster))
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
        foreach (var face in await QuestionTable.RestAsync(session, group))
            await UnidentifiedFaces.AskAsync(session, outbox, face.PhotoId, face.FaceId);
    }

    private static async Task<IReadOnlyList<QuestionId>> DecideAsync(Session session, NamedFace face, DateTimeOffset now)
    {
        var decided = new List<QuestionId>();
        if (await QuestionTable.OpenOfAsync(session, face.Face) is { } question)
        {
            if (await QuestionTable.MoveAsync(session, question.Id, QuestionTable.Open, QuestionState.Decided, now, TagAnswer.Person, face.Person)
                && await QuestionTable.FinalizeAsync(session, question.Id, now))
                decided.Add(question.Id);
        }

        return decided;
    }
}

/// <summary>A face that got its name without a question.</summary>
/// <param name="Cluster">The cluster that the face left; null: it was in none.</param>
internal sealed record NamedFace(PhotoId Photo, FaceId Face, PersonId Person, ClusterId? Cluster);
