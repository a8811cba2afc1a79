using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Questions;

/// <summary>
/// Which questions there are about a cluster. A question goes where the face goes that it shows: clusters merge and split, and what people
/// said was about that face.
/// </summary>
internal sealed class ClusterQuestions(IOptions<TaggingOptions> options, TimeProvider clock)
{
    /// <summary>Key of the sentence for a question whose cluster became one with another.</summary>
    public const string Merged = "tagging.expired-merged";

    /// <summary>Key of the sentence for a question whose faces are gone.</summary>
    public const string Gone = "tagging.expired-gone";

    /// <summary>What a post shall show of a question whose faces are gone: nobody's name, and no picture.</summary>
    public static QuestionView GoneView(QuestionRow question, string groupName) => new(question.Id, question.Kind, QuestionState.Expired, question.GroupId, groupName)
    {
        Face = question.FaceId,
        Photo = question.PhotoId,
        AskedAt = DateTimeOffset.FromUnixTimeMilliseconds(question.AskedAt),
        ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(question.ChangedAt),
        Reason = Gone,
    };

    /// <summary>The question that waits for an answer about the cluster. Of several, such as after a merge, the oldest stays and gets the votes of the others.</summary>
    public async Task<QuestionRow?> OpenAsync(Session session, IOutbox outbox, ClusterId cluster)
    {
        var open = await QuestionTable.OpenOfAsync(session, cluster);
        if (open.Count == 0)
            return null;

        var now = clock.GetUtcNow();
        foreach (var other in open.Skip(1))
        {
            _ = await QuestionTable.MoveAsync(session, other.Id, QuestionTable.Open, QuestionState.Expired, now, reason: Merged);
            await QuestionTable.CarryVotesAsync(session, other.FaceId, open[0].FaceId);
            await outbox.SendAsync(session, new QuestionChanged(other.Id));
        }

        if (open[0].ClusterId != cluster)
            await QuestionTable.SetClusterAsync(session, open[0].Id, cluster);
        if (open.Count > 1)
        {
            await QuestionTable.TouchAsync(session, open[0].Id, now);
            await outbox.SendAsync(session, new QuestionChanged(open[0].Id));
            await CountVotesAsync(session, outbox, open[0].Id);
        }

        return await QuestionTable.FindAsync(session, open[0].Id) is { IsOpen: true } left ? left : null;
    }

    /// <summary>Counts the photos in which a question's face was found, and has its post say so.</summary>
    public async Task CountPhotosAsync(Session session, IOutbox outbox, QuestionRow question)
    {
        if (question.ClusterId is not { } cluster)
            return;
        var photos = await ClusterTable.PhotosAsync(session, cluster);
        if (photos > 0 && await QuestionTable.CountAsync(session, question.Id, photos, clock.GetUtcNow()))
            await outbox.SendAsync(session, new QuestionChanged(question.Id));
    }

    /// <summary>Decides an open question if enough say the same; once, whoever votes at the same time.</summary>
    public async Task CountVotesAsync(Session session, IOutbox outbox, QuestionId id)
    {
        if (await QuestionTable.FindAsync(session, id) is not { IsOpen: true } question)
            return;

        var votes = await VoteTable.CountAsync(session, question.FaceId);
        var now = clock.GetUtcNow();
        if (votes.Count > 0)
            _ = await QuestionTable.MoveAsync(session, id, [QuestionState.Asked], QuestionState.Voting, now);
        foreach (var same in votes.Where(same => same.Number >= options.Value.Votes))
        {
            var person = same.Verdict == "is" ? new PersonId(same.PersonId) : default(PersonId?);
            // What guardians say of their own child is a vote, not the truth: somebody else says it, too.
            if (person is { } named && (same.OfOthers == 0 || !await PersonTable.MayBeTaggedAsync(session, named, question.GroupId)))
                continue;
            await DecideAsync(session, outbox, question, QuestionTable.Answer(same.Verdict)!.Value, person, now);
            return;
        }
    }

    /// <summary>Faces got their name by something else than their question, such as a registration: what was asked about them is answered.</summary>
    /// <param name="faces">Null: whichever they are.</param>
    public async Task NamedAsync(Session session, IOutbox outbox, IReadOnlyCollection<FaceId>? faces)
    {
        var now = clock.GetUtcNow();
        foreach (var question in await QuestionTable.NamedAsync(session, faces))
        {
            if (!await QuestionTable.MoveAsync(session, question.Id, QuestionTable.Open, QuestionState.Decided, now, TagAnswer.Person, question.PersonId))
                continue;
            _ = await QuestionTable.FinalizeAsync(session, question.Id, now);
            await outbox.SendAsync(session, new QuestionChanged(question.Id));
        }
    }

    /// <summary>The face that a question shows is gone, or goes: another one of its cluster is shown, or it expires.</summary>
    /// <param name="going">Faces that are not to be shown.</param>
    public static async Task GoneAsync(Session session, IOutbox outbox, QuestionRow question, IReadOnlyCollection<FaceId> going, DateTimeOffset now)
    {
        var others = await QuestionTable.OthersAsync(session, question);
        if (others.FirstOrDefault(other => other.FaceId != question.FaceId && !going.Contains(other.FaceId)) is { } other)
            await QuestionTable.ShowAsync(session, question, other.FaceId, other.PhotoId, other.ClusterId, now);
        else if (!await QuestionTable.MoveAsync(session, question.Id, QuestionTable.Open, QuestionState.Expired, now, reason: Gone))
            return;
        await outbox.SendAsync(session, new QuestionChanged(question.Id));
    }

    private static async Task DecideAsync(Session session, IOutbox outbox, QuestionRow question, TagAnswer answer, PersonId? person, DateTimeOffset now)
    {
        if (!await QuestionTable.MoveAsync(session, question.Id, QuestionTable.Open, QuestionState.Decided, now, answer, person))
            return;

        await QuestionTable.FollowFaceAsync(session, question.Id);
        if (person is { } named)
        {
            await VoteTable.LiftDenialsAsync(session, question.FaceId, named);
            await outbox.SendAsync(session, new FaceTagged(question.Id));
            return;
        }

        // It resembled somebody; colleagues who looked say that it is not they.
        await FaceTable.NobodyAsync(session, question.FaceId, question.ClusterId);
        await outbox.SendAsync(session, new QuestionChanged(question.Id));
    }
}
