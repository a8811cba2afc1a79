using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows;

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

    private const string OfCluster =
        """
        id IN (
            SELECT q.id FROM cluster_faces f JOIN questions q ON q.face_id = f.face_id WHERE f.cluster_id = @cluster
            UNION SELECT q.id FROM questions q
                WHERE q.cluster_id = @cluster AND NOT EXISTS (SELECT 1 FROM cluster_faces f WHERE f.face_id = q.face_id)
            UNION SELECT q.id FROM clusters c JOIN questions q ON q.cluster_id = c.id
                WHERE c.merged_into = @cluster AND NOT EXISTS (SELECT 1 FROM cluster_faces f WHERE f.face_id = q.face_id))
        """;

    /// <summary>What a post shall show of a question whose faces are gone: nobody's name, and no picture.</summary>
    public static QuestionView GoneView(QuestionRow question, string groupName) => new(question.Id, question.Kind, QuestionState.Expired, question.GroupId, groupName)
    {
        Face = question.FaceId,
        Photo = question.PhotoId,
        AskedAt = DateTimeOffset.FromUnixTimeMilliseconds(question.AskedAt),
        ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(question.ChangedAt),
        Reason = Gone,
    };

    /// <summary>The cluster that a face is in; null: in none.</summary>
    public static async Task<ClusterId?> OfFaceAsync(Session session, FaceId face) =>
        await session.QuerySingleOrDefaultAsync<string>("SELECT cluster_id FROM cluster_faces WHERE face_id = @face", new { face }) is { } cluster
            ? new ClusterId(cluster)
            : null;

    /// <summary>The question that waits for an answer about the cluster. Of several, such as after a merge, the oldest stays and gets the votes of the others.</summary>
    public async Task<QuestionRow?> OpenAsync(Session session, IOutbox outbox, ClusterId cluster)
    {
        // The face that it shows has moved to another cluster, and the question with it.
        _ = await session.ExecuteAsync(
            """
            UPDATE questions SET cluster_id = NULL WHERE cluster_id = @cluster AND state IN ('asked', 'voting')
                AND EXISTS (SELECT 1 FROM cluster_faces f WHERE f.face_id = questions.face_id AND f.cluster_id <> @cluster)
            """,
            new { cluster });
        var open = await QuestionTable.ListAsync(session, $"WHERE state IN ('asked', 'voting') AND {OfCluster} ORDER BY asked_at, id", new { cluster });
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
            _ = await session.ExecuteAsync("UPDATE questions SET cluster_id = @cluster WHERE id = @Id", new { cluster, open[0].Id });
        if (open.Count > 1)
        {
            await QuestionTable.TouchAsync(session, open[0].Id, now);
            await outbox.SendAsync(session, new QuestionChanged(open[0].Id));
            await CountVotesAsync(session, outbox, open[0].Id);
        }

        return await QuestionTable.FindAsync(session, open[0].Id) is { IsOpen: true } left ? left : null;
    }

    /// <summary>
    /// Whether nobody is to be asked about the cluster: colleagues said that it is no person or a visitor, or that it cannot be told; or
    /// they said who it is, and its faces are about to get that name.
    /// </summary>
    public static async Task<bool> IsAnsweredAsync(Session session, ClusterId cluster) =>
        (await QuestionTable.ListAsync(
            session,
            $"""
            WHERE state = 'decided' AND cluster_id IS NOT NULL AND (answer <> 'person' OR (person_id IS NOT NULL AND decided_at IS NOT NULL AND finalized_at IS NULL)) AND {OfCluster}
            """,
            new { cluster })).Count > 0;

    /// <summary>Counts the photos in which a question's face was found, and has its post say so.</summary>
    public async Task CountPhotosAsync(Session session, IOutbox outbox, QuestionRow question)
    {
        if (question.ClusterId is not { } cluster)
            return;
        var photos = await PhotosAsync(session, cluster);
        if (photos > 0 && await QuestionTable.CountAsync(session, question.Id, photos, clock.GetUtcNow()))
            await outbox.SendAsync(session, new QuestionChanged(question.Id));
    }

    /// <summary>In how many photos a cluster was found.</summary>
    public static Task<int> PhotosAsync(Session session, ClusterId cluster) =>
        session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(DISTINCT photo_id) FROM cluster_faces WHERE cluster_id = @cluster", new { cluster });

    /// <summary>Decides an open question if enough say the same; once, whoever votes at the same time.</summary>
    public async Task CountVotesAsync(Session session, IOutbox outbox, QuestionId id)
    {
        if (await QuestionTable.FindAsync(session, id) is not { IsOpen: true } question)
            return;

        var votes = await session.QueryAsync<Votes>(
            """
            SELECT t.verdict, t.person_id, COUNT(*) AS number, SUM(CASE WHEN g.person_id IS NULL THEN 1 ELSE 0 END) AS of_others FROM face_tags t
            LEFT JOIN guardians g ON g.person_id = t.person_id AND t.voter = 'participant:' || g.participant_id
            WHERE t.face_id = @FaceId AND t.verdict <> 'is-not' AND t.photo_id IS NULL
            GROUP BY t.verdict, t.person_id ORDER BY number DESC, t.verdict, t.person_id
            """,
            question);
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
        var named = await session.QueryAsync<Named>(
            $"""
            SELECT q.id, f.person_id FROM questions q JOIN faces f ON f.id = q.face_id AND f.verdict = 'named' AND f.person_id IS NOT NULL
            WHERE q.state IN ('asked', 'voting') {(faces is null ? "" : "AND f.id IN @ids")}
            """,
            new { ids = (faces ?? []).Select(face => face.Value) });
        var now = clock.GetUtcNow();
        foreach (var question in named)
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
        var others = await session.QueryAsync<Other>(
            """
            SELECT f.face_id, f.photo_id, f.cluster_id FROM cluster_faces f JOIN bounding_boxes b ON b.face_id = f.face_id
            WHERE f.cluster_id = COALESCE(
                (SELECT o.cluster_id FROM cluster_faces o WHERE o.face_id = @FaceId), (SELECT c.merged_into FROM clusters c WHERE c.id = @ClusterId), @ClusterId)
                AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.face_id = f.face_id AND q.state IN ('asked', 'voting'))
                AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.cluster_id = f.cluster_id AND q.state IN ('asked', 'voting') AND q.id <> @Id)
            ORDER BY b.height DESC, f.face_id
            """,
            question);
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

        _ = await session.ExecuteAsync(
            "UPDATE questions SET cluster_id = COALESCE((SELECT f.cluster_id FROM cluster_faces f WHERE f.face_id = questions.face_id), cluster_id) WHERE id = @Id",
            new { question.Id });
        if (person is { } named)
        {
            await ChangedMinds.LiftAsync(session, question, named);
            await outbox.SendAsync(session, new FaceTagged(question.Id));
            return;
        }

        // It resembled somebody; colleagues who looked say that it is not they.
        _ = await session.ExecuteAsync(
            """
            UPDATE faces SET verdict = 'nobody', person_id = NULL, similarity = NULL WHERE verdict = 'uncertain' AND (id = @FaceId
                OR id IN (SELECT face_id FROM cluster_faces WHERE cluster_id = @ClusterId))
            """,
            new { question.FaceId, question.ClusterId });
        await outbox.SendAsync(session, new QuestionChanged(question.Id));
    }

    private sealed record Named
    {
        public QuestionId Id { get; init; }

        public PersonId PersonId { get; init; }
    }

    private sealed record Other
    {
        public FaceId FaceId { get; init; }

        public PhotoId PhotoId { get; init; }

        public ClusterId ClusterId { get; init; }
    }

    private sealed record Votes
    {
        /// <summary>is, nobody, visitor, cannot-tell.</summary>
        public string Verdict { get; init; } = "";

        public string PersonId { get; init; } = "";

        public long Number { get; init; }

        /// <summary>Of them, by whoever is no guardian of the person.</summary>
        public long OfOthers { get; init; }
    }
}
