using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Questions;

/// <summary>Expires questions whose face or person is erased or has expired.</summary>
internal static class QuestionExpiry
{
    /// <summary>Key of the text for a question whose faces are gone.</summary>
    public const string Gone = "tagging.expired-gone";

    /// <summary>The view of a question whose faces are gone: no name and no picture.</summary>
    public static QuestionView GoneView(QuestionRow question, string groupName) => new(question.Id, question.Kind, QuestionState.Expired, question.GroupId, groupName)
    {
        Face = question.FaceId,
        Photo = question.PhotoId,
        AskedAt = DateTimeOffset.FromUnixTimeMilliseconds(question.AskedAt),
        ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(question.ChangedAt),
        Reason = Gone,
    };

    /// <summary>Shows another face of the cluster instead of a deleted one; without another face the question expires.</summary>
    /// <param name="going">Faces that must not be shown.</param>
    public static async Task FaceGoesAsync(Session session, IOutbox outbox, QuestionRow question, IReadOnlyCollection<FaceId> going, DateTimeOffset now)
    {
        var others = await QuestionsOfCluster.OtherFacesAsync(session, question);
        if (others.FirstOrDefault(other => other.FaceId != question.FaceId && !going.Contains(other.FaceId)) is { } other)
            await ShowAsync(session, question, other, now);
        else if (await ExpireAsync(session, question.Id, QuestionMove.FacesGo, now) != MoveVerdict.Moved)
            return;
        await outbox.SendAsync(session, new QuestionChanged(question.Id));
    }

    /// <summary>Expires a question about an erased person; its face stays.</summary>
    public static Task PersonGoesAsync(Session session, QuestionId question, DateTimeOffset now) => ExpireAsync(session, question, QuestionMove.PersonGoes, now);

    private static Task<MoveVerdict> ExpireAsync(Session session, QuestionId question, QuestionMove move, DateTimeOffset now) =>
        QuestionMoves.FireAsync(session, question, move, now, new QuestionOutcome(Reason: Gone));

    /// <summary>The votes move with the question: they are about the person, who is the same.</summary>
    private static async Task ShowAsync(Session session, QuestionRow question, FaceOfCluster other, DateTimeOffset now)
    {
        await VoteTable.MoveAsync(session, question.FaceId, other.FaceId);
        await QuestionTable.ShowAsync(session, question.Id, other, now);
    }
}
