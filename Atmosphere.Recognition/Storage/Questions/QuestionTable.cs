using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of questions.</summary>
internal static class QuestionTable
{
    /// <summary>The only ways from one state to another.</summary>
    public static IReadOnlyList<(QuestionState From, QuestionState To)> Moves { get; } =
    [
        (QuestionState.Asked, QuestionState.Voting),
        (QuestionState.Asked, QuestionState.Decided),
        (QuestionState.Voting, QuestionState.Decided),
        (QuestionState.Asked, QuestionState.Refused),
        (QuestionState.Voting, QuestionState.Refused),
        (QuestionState.Decided, QuestionState.Refused),
        (QuestionState.Asked, QuestionState.Expired),
        (QuestionState.Voting, QuestionState.Expired),
        (QuestionState.Decided, QuestionState.Undone),
        (QuestionState.Undone, QuestionState.Asked),
    ];

    /// <summary>The states in which an answer is waited for.</summary>
    public static IReadOnlyList<QuestionState> Open { get; } = [QuestionState.Asked, QuestionState.Voting];

    // A change in the same millisecond is a change all the same: the post tells by this time what it shows.
    private const string Changed = "changed_at = CASE WHEN changed_at >= @now THEN changed_at + 1 ELSE @now END";

    private const string Columns =
        """
        id, group_id, kind, cluster_id, face_id, photo_id, about_id, state, answer, person_id, reason, asked_at, changed_at, reminded_at,
        channel, ts, post_state, posting_at, shown_at, photos, update_at, decided_at, finalized_at
        """;

    public static Task<QuestionRow?> FindAsync(Session session, QuestionId question) =>
        session.QuerySingleOrDefaultAsync<QuestionRow>($"SELECT {Columns} FROM questions WHERE id = @question", new { question });

    /// <param name="where">SQL, from WHERE on.</param>
    public static Task<IReadOnlyList<QuestionRow>> ListAsync(Session session, string where, object? arguments = null) =>
        session.QueryAsync<QuestionRow>($"SELECT {Columns} FROM questions {where}", arguments);

    /// <summary>Writes down a question that is to be asked; with <see cref="QuestionKind.Identified"/>, a name that was given.</summary>
    public static Task AddAsync(Session session, NewQuestion question, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO questions (id, group_id, kind, cluster_id, face_id, photo_id, about_id, state, answer, person_id, asked_at, changed_at, photos, decided_at, finalized_at)
            VALUES (@Id, @Group, @kind, @Cluster, @Face, @Photo, @About, @state, @answer, @person, @now, @now, @Photos, @given, @given)
            """,
            new
            {
                question.Id,
                question.Group,
                kind = Text(question.Kind),
                question.Cluster,
                question.Face,
                question.Photo,
                question.About,
                state = Text(question.Kind == QuestionKind.Identified ? QuestionState.Decided : QuestionState.Asked),
                answer = question.Kind == QuestionKind.Identified ? Text(TagAnswer.Person) : null,
                person = question.Kind == QuestionKind.Identified ? question.About : null,
                question.Photos,
                now = now.ToUnixTimeMilliseconds(),
                given = question.Kind == QuestionKind.Identified ? now.ToUnixTimeMilliseconds() : (long?)null,
            });

    /// <summary>Moves a question to another state; what was decided, and why it ended, is what is said here.</summary>
    /// <param name="from">The states in which it may be; each must have a way to the other.</param>
    /// <param name="answer">What was decided.</param>
    /// <param name="person">Who it is.</param>
    /// <param name="reason">Key of the sentence that says why it ended.</param>
    /// <returns>False where it is in none of these states, or gone.</returns>
    /// <exception cref="ArgumentException">There is no such way.</exception>
    public static async Task<bool> MoveAsync(
        Session session, QuestionId question, IReadOnlyCollection<QuestionState> from, QuestionState to, DateTimeOffset now,
        TagAnswer? answer = null, PersonId? person = null, string? reason = null)
    {
        foreach (var one in from.Where(one => !Moves.Contains((one, to))))
            throw new ArgumentException($"A question does not go from {one} to {to}.", nameof(to));

        return await session.ExecuteAsync(
            $"""
            UPDATE questions SET state = @to, answer = @answer, person_id = @person, reason = @reason, finalized_at = NULL, trained_at = NULL,
                decided_at = CASE WHEN @to = 'decided' THEN @now ELSE NULL END, {Changed}
            WHERE id = @question AND state IN @from
            """,
            new
            {
                question,
                from = from.Select(one => Text(one)),
                to = Text(to),
                now = now.ToUnixTimeMilliseconds(),
                answer = answer is { } said ? Text(said) : null,
                person,
                reason,
            }) > 0;
    }

    /// <summary>Something that a post shows is not what it was.</summary>
    public static Task TouchAsync(Session session, QuestionId question, DateTimeOffset now) =>
        session.ExecuteAsync($"UPDATE questions SET {Changed} WHERE id = @question", new { question, now = now.ToUnixTimeMilliseconds() });

    /// <summary>The face is found in so many photos.</summary>
    /// <returns>False where that was known.</returns>
    public static async Task<bool> CountAsync(Session session, QuestionId question, int photos, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"UPDATE questions SET photos = @photos, {Changed} WHERE id = @question AND photos <> @photos",
            new { question, photos, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>The faces of what was decided are taught, or refused; once.</summary>
    public static async Task<bool> TrainedAsync(Session session, QuestionId question, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE questions SET trained_at = @now WHERE id = @question AND state = 'decided' AND trained_at IS NULL",
            new { question, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>The faces of what was decided have the name; once.</summary>
    public static async Task<bool> FinalizeAsync(Session session, QuestionId question, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"UPDATE questions SET finalized_at = @now, {Changed} WHERE id = @question AND state = 'decided' AND finalized_at IS NULL",
            new { question, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Another face is shown. The votes go with it: they are about the person, who is the same.</summary>
    public static async Task ShowAsync(Session session, QuestionRow question, FaceId face, PhotoId photo, ClusterId? cluster, DateTimeOffset now)
    {
        await CarryVotesAsync(session, question.FaceId, face);
        _ = await session.ExecuteAsync(
            $"UPDATE questions SET face_id = @face, photo_id = @photo, cluster_id = @cluster, {Changed} WHERE id = @Id",
            new { question.Id, face, photo, cluster, now = now.ToUnixTimeMilliseconds() });
    }

    /// <summary>Votes on one face become votes on another. Who voted on that, too, has said it there.</summary>
    public static async Task CarryVotesAsync(Session session, FaceId from, FaceId to)
    {
        if (from == to)
            return;

        _ = await session.ExecuteAsync(
            """
            UPDATE face_tags SET face_id = @to WHERE face_id = @from AND verdict <> 'is-not' AND photo_id IS NULL
                AND NOT EXISTS (SELECT 1 FROM face_tags o WHERE o.face_id = @to AND o.voter = face_tags.voter)
            """,
            new { from, to });
        _ = await session.ExecuteAsync("DELETE FROM face_tags WHERE face_id = @from AND verdict <> 'is-not' AND photo_id IS NULL", new { from });
    }

    /// <summary>A person is gone: no question names them any more. Their posts show it when they are next changed.</summary>
    public static Task ForgetAsync(Session session, PersonId person) =>
        session.ExecuteAsync(
            """
            UPDATE questions SET changed_at = changed_at + 1, person_id = CASE WHEN person_id = @person THEN NULL ELSE person_id END,
                about_id = CASE WHEN about_id = @person THEN NULL ELSE about_id END
            WHERE person_id = @person OR about_id = @person
            """,
            new { person });

    public static string Text(QuestionState state) => state.ToString().ToLowerInvariant();

    public static string Text(QuestionKind kind) => kind.ToString().ToLowerInvariant();

    public static string Text(TagAnswer answer) => answer switch
    {
        TagAnswer.Person => "person",
        TagAnswer.Nobody => "nobody",
        TagAnswer.Visitor => "visitor",
        _ => "cannot-tell",
    };

    public static TagAnswer? Answer(string? text) => text switch
    {
        "person" or "is" => TagAnswer.Person,
        "nobody" => TagAnswer.Nobody,
        "visitor" => TagAnswer.Visitor,
        "cannot-tell" => TagAnswer.CannotTell,
        _ => null,
    };

    /// <summary>Questions that name the person, that ask about one of the faces, or that offer the person now.</summary>
    public static Task<IReadOnlyList<QuestionRow>> AboutAsync(Session session, PersonId person, IEnumerable<FaceId> faces) =>
        ListAsync(
            session,
            """
            WHERE face_id IN @ids OR person_id = @person OR about_id = @person
                OR EXISTS (SELECT 1 FROM face_tags t WHERE t.face_id = questions.face_id AND t.person_id = @person)
                OR (state IN ('asked', 'voting') AND EXISTS (SELECT 1 FROM candidates c WHERE c.person_id = @person AND (c.face_id = questions.face_id
                    OR c.face_id IN (SELECT f.face_id FROM cluster_faces f WHERE f.cluster_id = questions.cluster_id))))
            """,
            new { person, ids = faces.Select(face => face.Value) });

    public static Task<IReadOnlyList<QuestionRow>> OfPhotoAsync(Session session, PhotoId photo) => ListAsync(session, "WHERE photo_id = @photo", new { photo });

    /// <summary>Deletes the questions that show one of the faces.</summary>
    /// <returns>How many there were.</returns>
    public static Task<int> DeleteAsync(Session session, IEnumerable<FaceId> faces) =>
        session.ExecuteAsync("DELETE FROM questions WHERE face_id IN @ids", new { ids = faces.Select(face => face.Value) });

    /// <summary>Posts that show a vote of somebody who is forgotten are changed in the next round.</summary>
    public static Task<int> TouchVotedAsync(Session session, string voter) =>
        session.ExecuteAsync("UPDATE questions SET changed_at = changed_at + 1 WHERE face_id IN (SELECT face_id FROM face_tags WHERE voter = @voter)", new { voter });

    /// <summary>Questions that ended; who waits for an answer goes with its faces, and so does what was said of somebody who is no registered person.</summary>
    public static DueRows Due { get; } = new(
        "questions",
        """
        state IN ('decided', 'refused', 'expired', 'undone') AND changed_at <= @before
            AND NOT (state = 'decided' AND answer <> 'person' AND EXISTS (SELECT 1 FROM cluster_faces f WHERE f.cluster_id = questions.cluster_id))
            AND NOT EXISTS (SELECT 1 FROM colleague_pictures s WHERE s.question_id = questions.id)
        """);

    private const string OfCluster =
        """
        id IN (
            SELECT q.id FROM cluster_faces f JOIN questions q ON q.face_id = f.face_id WHERE f.cluster_id = @cluster
            UNION SELECT q.id FROM questions q
                WHERE q.cluster_id = @cluster AND NOT EXISTS (SELECT 1 FROM cluster_faces f WHERE f.face_id = q.face_id)
            UNION SELECT q.id FROM clusters c JOIN questions q ON q.cluster_id = c.id
                WHERE c.merged_into = @cluster AND NOT EXISTS (SELECT 1 FROM cluster_faces f WHERE f.face_id = q.face_id))
        """;

    /// <summary>The questions that wait for an answer about a cluster, oldest first; one whose face moved to another cluster went with it.</summary>
    public static async Task<IReadOnlyList<QuestionRow>> OpenOfAsync(Session session, ClusterId cluster)
    {
        _ = await session.ExecuteAsync(
            """
            UPDATE questions SET cluster_id = NULL WHERE cluster_id = @cluster AND state IN ('asked', 'voting')
                AND EXISTS (SELECT 1 FROM cluster_faces f WHERE f.face_id = questions.face_id AND f.cluster_id <> @cluster)
            """,
            new { cluster });
        return await ListAsync(session, $"WHERE state IN ('asked', 'voting') AND {OfCluster} ORDER BY asked_at, id", new { cluster });
    }

    /// <summary>The question is about all faces of the cluster.</summary>
    public static Task SetClusterAsync(Session session, QuestionId question, ClusterId cluster) =>
        session.ExecuteAsync("UPDATE questions SET cluster_id = @cluster WHERE id = @question", new { cluster, question });

    /// <summary>The question is about the cluster that its face is in now, if it is in one.</summary>
    public static Task FollowFaceAsync(Session session, QuestionId question) =>
        session.ExecuteAsync(
            """
            UPDATE questions SET cluster_id = COALESCE((SELECT f.cluster_id FROM cluster_faces f WHERE f.face_id = questions.face_id), cluster_id)
            WHERE id = @question
            """,
            new { question });

    /// <summary>
    /// Whether nobody is to be asked about a cluster: colleagues said that it is no person or a visitor, or that it cannot be told; or they said who
    /// it is, and its faces are about to get that name.
    /// </summary>
    public static async Task<bool> IsAnsweredAsync(Session session, ClusterId cluster) =>
        (await ListAsync(
            session,
            $"""
            WHERE state = 'decided' AND cluster_id IS NOT NULL
                AND (answer <> 'person' OR (person_id IS NOT NULL AND decided_at IS NOT NULL AND finalized_at IS NULL)) AND {OfCluster}
            """,
            new { cluster })).Count > 0;

    /// <summary>Open questions whose face has a name.</summary>
    /// <param name="faces">Only of these; null: whichever they are.</param>
    public static Task<IReadOnlyList<NamedQuestion>> NamedAsync(Session session, IReadOnlyCollection<FaceId>? faces) =>
        session.QueryAsync<NamedQuestion>(
            $"""
            SELECT q.id, f.person_id FROM questions q JOIN faces f ON f.id = q.face_id AND f.{Rules.FaceIsNamed} AND f.person_id IS NOT NULL
            WHERE q.state IN ('asked', 'voting') {(faces is null ? "" : "AND f.id IN @ids")}
            """,
            new { ids = (faces ?? []).Select(face => face.Value) });

    /// <summary>Faces of the same cluster that could be shown in place of the question's, the largest first; none that are asked about already.</summary>
    public static Task<IReadOnlyList<FaceOfCluster>> OthersAsync(Session session, QuestionRow question) =>
        session.QueryAsync<FaceOfCluster>(
            """
            SELECT f.face_id, f.photo_id, f.cluster_id FROM cluster_faces f JOIN bounding_boxes b ON b.face_id = f.face_id
            WHERE f.cluster_id = COALESCE(
                (SELECT o.cluster_id FROM cluster_faces o WHERE o.face_id = @FaceId), (SELECT c.merged_into FROM clusters c WHERE c.id = @ClusterId), @ClusterId)
                AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.face_id = f.face_id AND q.state IN ('asked', 'voting'))
                AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.cluster_id = f.cluster_id AND q.state IN ('asked', 'voting') AND q.id <> @Id)
            ORDER BY b.height DESC, f.face_id
            """,
            question);

    /// <summary>Candidates similar enough to ask about, 0..100. About 1 in 100 strangers scores this high.</summary>
    private const int LikeEnough = 80;

    /// <summary>Colleagues are told of a name that a face got by itself; once a face and person, and not where a question tells of the name already.</summary>
    /// <returns>False where nothing is told.</returns>
    public static async Task<bool> AddIdentifiedAsync(Session session, QuestionId question, PhotoId photo, FaceId face, PersonId person, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"""
            INSERT INTO questions (id, group_id, kind, face_id, photo_id, about_id, state, answer, person_id, asked_at, changed_at, decided_at, finalized_at)
            SELECT @question, p.group_id, 'identified', @face, p.id, @person, 'decided', 'person', @person, @at, @at, @at, @at
            FROM photos p JOIN groups g ON g.id = p.group_id AND g.{Rules.GroupIsActive}
            WHERE p.id = @photo AND p.expired_at IS NULL AND p.state IN ('processed', 'degraded')
                AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.face_id = @face AND q.kind = 'identified' AND q.person_id = @person AND q.state = 'decided')
                AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.kind <> 'identified' AND q.state = 'decided' AND q.person_id = @person
                    AND (q.face_id = @face OR EXISTS (SELECT 1 FROM question_faces n WHERE n.question_id = q.id AND n.face_id = @face)))
            """,
            new { question, photo, face, person, at = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>The face does not bear the name any more that colleagues were told.</summary>
    /// <returns>What they were told by.</returns>
    public static Task<IReadOnlyList<QuestionId>> UndoIdentifiedAsync(Session session, FaceId face, DateTimeOffset now) =>
        session.QueryAsync<QuestionId>(
            $"UPDATE questions SET state = 'undone', {Changed} WHERE face_id = @face AND kind = 'identified' AND state = 'decided' RETURNING id",
            new { face, now = now.ToUnixTimeMilliseconds() });

    /// <summary>The question, if it says still that the face is that person, who is still there; else null.</summary>
    public static Task<UndoneQuestion?> FindNamedAsync(Session session, QuestionId question, PersonId person) =>
        session.QuerySingleOrDefaultAsync<UndoneQuestion>(
            $"""
            SELECT q.id, q.group_id, q.kind, q.cluster_id, q.face_id, q.photo_id, COALESCE(q.decided_at, q.asked_at) AS since FROM questions q
            JOIN persons p ON p.id = q.person_id AND p.{Rules.PersonIsLiving}
            JOIN groups g ON g.id = q.group_id AND g.{Rules.GroupIsActive}
            WHERE q.id = @question AND q.state = 'decided' AND q.answer = 'person' AND q.person_id = @person
                AND (q.kind <> 'identified' OR EXISTS (
                    SELECT 1 FROM faces f WHERE f.id = q.face_id AND f.person_id = @person AND f.{Rules.FaceIsNamed}))
            """,
            new { question, person });

    /// <summary>What was decided turned out to be wrong.</summary>
    /// <returns>False where somebody was quicker.</returns>
    public static async Task<bool> UndoAsync(Session session, QuestionId question, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"UPDATE questions SET state = 'undone', {Changed} WHERE id = @question AND state = 'decided'", new { question, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Asks once more, in the same post; not about a face that is gone, nor where another question has taken its place.</summary>
    public static async Task AskAgainAsync(Session session, UndoneQuestion question, ClusterId? cluster, DateTimeOffset now)
    {
        _ = await session.ExecuteAsync(
            $"""
            UPDATE questions SET state = 'asked', cluster_id = @cluster, answer = NULL, person_id = NULL, reason = NULL, about_id = NULL, decided_at = NULL, finalized_at = NULL,
                asked_at = @now, {Changed}, reminded_at = NULL,
                kind = CASE WHEN (SELECT COUNT(*) FROM candidates c WHERE c.face_id = questions.face_id AND c.similarity >= {LikeEnough}) > 0 THEN 'which' ELSE 'who' END
            WHERE id = @Id AND state = 'undone'
                AND EXISTS (SELECT 1 FROM faces f JOIN photos p ON p.id = f.photo_id AND p.expired_at IS NULL WHERE f.id = questions.face_id)
                AND NOT EXISTS (
                    SELECT 1 FROM questions o WHERE o.id <> @Id AND o.state IN ('asked', 'voting')
                        AND (o.face_id = questions.face_id OR (@cluster IS NOT NULL AND o.cluster_id = @cluster)))
            """,
            new { question.Id, cluster = cluster?.Value, now = now.ToUnixTimeMilliseconds() });
        // What is not asked again must not keep its cluster from being asked about by others.
        _ = await session.ExecuteAsync("UPDATE questions SET cluster_id = NULL WHERE id = @Id AND state = 'undone'", new { question.Id });
    }

    /// <summary>Whether colleagues were ever asked about the face.</summary>
    public static async Task<bool> WasAskedAsync(Session session, FaceId face) =>
        (await ListAsync(session, "WHERE face_id = @face AND kind <> 'identified'", new { face })).Count > 0;

    /// <summary>The open question that shows a face; null: there is none.</summary>
    public static async Task<QuestionRow?> OpenOfAsync(Session session, FaceId face)
    {
        var open = await ListAsync(session, "WHERE face_id = @face AND state IN ('asked', 'voting')", new { face });
        return open.Count > 0 ? open[0] : null;
    }

    /// <summary>Whether colleagues were asked since then whether a face is a person.</summary>
    /// <param name="since">Milliseconds since 1970.</param>
    public static async Task<bool> WasCheckedAsync(Session session, FaceId face, PersonId person, long since) =>
        (await ListAsync(session, "WHERE face_id = @face AND kind = 'check' AND about_id = @person AND asked_at >= @since", new { face, person, since })).Count > 0;

    /// <summary>Questions of the group that were asked before another one, or are shown, or were just answered with a person.</summary>
    /// <param name="learning">What was decided since then may still be learned.</param>
    public static Task<IReadOnlyList<QuestionRow>> BeforeAsync(Session session, QuestionRow question, DateTimeOffset learning) =>
        ListAsync(
            session,
            """
            WHERE group_id = @GroupId AND id <> @Id AND kind IN ('who', 'which') AND (
                (state IN ('asked', 'voting') AND (post_state IS NOT NULL OR asked_at < @AskedAt OR (asked_at = @AskedAt AND id < @Id)))
                OR (state = 'decided' AND answer = 'person' AND decided_at > @learning))
            """,
            new { question.GroupId, question.Id, question.AskedAt, learning = learning.ToUnixTimeMilliseconds() });

    /// <summary>Open questions whose face is gone; a photo that begins again finds its faces again, and the question with them.</summary>
    public static Task<IReadOnlyList<QuestionRow>> WithoutFaceAsync(Session session) =>
        ListAsync(
            session,
            """
            WHERE state IN ('asked', 'voting') AND NOT EXISTS (SELECT 1 FROM bounding_boxes b WHERE b.face_id = questions.face_id)
                AND NOT EXISTS (SELECT 1 FROM photos p WHERE p.id = questions.photo_id AND p.state IN ('unprocessed', 'processing'))
            ORDER BY asked_at, id
            """);

    /// <summary>What was decided, and whose photos went out after the post had said so.</summary>
    /// <param name="settled">Finalized until then.</param>
    /// <param name="recent">And since then.</param>
    /// <param name="settling">So long after that the post was not changed.</param>
    public static Task<IReadOnlyList<QuestionRow>> SentSinceShownAsync(Session session, DateTimeOffset settled, DateTimeOffset recent, TimeSpan settling) =>
        ListAsync(
            session,
            """
            WHERE post_state = 'posted' AND state = 'decided' AND kind <> 'identified' AND finalized_at <= @settled AND finalized_at > @recent
                AND COALESCE(posting_at, 0) < finalized_at + @settling
            """,
            new { settled = settled.ToUnixTimeMilliseconds(), recent = recent.ToUnixTimeMilliseconds(), settling = (long)settling.TotalMilliseconds });

    /// <summary>Questions that the channel does not show as they are, oldest first.</summary>
    /// <param name="recent">Names that were told before need not be told any more.</param>
    /// <param name="settled">A call that posts, and began before that, is over.</param>
    public static Task<IReadOnlyList<QuestionRow>> NotShownAsync(Session session, DateTimeOffset recent, DateTimeOffset settled) =>
        ListAsync(
            session,
            """
            WHERE (post_state IS NULL AND (state IN ('asked', 'voting') OR (kind = 'identified' AND state = 'decided' AND changed_at > @recent)))
                OR (post_state IN ('sending', 'unknown') AND COALESCE(posting_at, 0) <= @settled)
                OR (post_state = 'posted' AND COALESCE(shown_at, 0) < changed_at)
            ORDER BY asked_at, id
            """,
            new { recent = recent.ToUnixTimeMilliseconds(), settled = settled.ToUnixTimeMilliseconds() });

    /// <summary>Questions that a name had answered which searches alone gave.</summary>
    public static Task<IReadOnlyList<QuestionRow>> AnsweredByNameAsync(Session session, FaceId face, PersonId person) =>
        ListAsync(
            session,
            """
            WHERE kind <> 'identified' AND state = 'decided' AND answer = 'person' AND person_id = @person AND trained_at IS NULL
                AND (face_id = @face OR EXISTS (SELECT 1 FROM question_faces n WHERE n.question_id = questions.id AND n.face_id = @face))
            """,
            new { person, face });

    /// <summary>Questions that are open or decided about a face or its cluster.</summary>
    public static Task<IReadOnlyList<QuestionRow>> OfFaceOrClusterAsync(Session session, FaceId face, ClusterId? cluster) =>
        ListAsync(
            session,
            "WHERE kind <> 'identified' AND state IN ('asked', 'voting', 'decided') AND (face_id = @face OR cluster_id = @cluster)",
            new { face, cluster = cluster?.Value });

    /// <summary>Of clusters whose question is decided, faces that stayed without a name and were not asked about since: one a cluster.</summary>
    public static Task<IReadOnlyList<FaceInPhoto>> RestAsync(Session session, GroupId group) =>
        session.QueryAsync<FaceInPhoto>(
            """
            SELECT MIN(c.face_id) AS face_id, c.photo_id FROM questions q JOIN cluster_faces c ON c.cluster_id = q.cluster_id
            WHERE q.group_id = @group AND q.state = 'decided' AND q.answer = 'person'
                AND EXISTS (SELECT 1 FROM question_faces n WHERE n.question_id = q.id)
                AND NOT EXISTS (SELECT 1 FROM questions o WHERE o.cluster_id = q.cluster_id AND o.id <> q.id
                    AND (o.state IN ('asked', 'voting') OR o.asked_at > q.asked_at))
                AND c.face_id = (SELECT MIN(m.face_id) FROM cluster_faces m WHERE m.cluster_id = q.cluster_id)
            GROUP BY c.cluster_id, c.photo_id
            """,
            new { group });

    /// <summary>
    /// What people say of a face counts more than a search: they name it, or nobody does. Who was a visitor to colleagues that knew the person is not
    /// the person.
    /// </summary>
    public static async Task<bool> ContradictsAsync(Session session, FaceId face, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM face_tags WHERE face_id = @face
                AND ((verdict = 'is-not' AND person_id = @person) OR (verdict = 'is' AND person_id <> @person) OR verdict = 'nobody')
            """,
            new { face, person }) > 0
        || await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM questions q JOIN persons p ON p.id = @person
            WHERE q.state = 'decided' AND q.answer IN ('nobody', 'visitor') AND p.created_at < q.decided_at
                AND (q.face_id = @face OR q.cluster_id IN (SELECT c.cluster_id FROM cluster_faces c WHERE c.face_id = @face))
            """,
            new { face, person }) > 0;

    /// <summary>Questions that wait for an answer, oldest first; those that the voter answered come last.</summary>
    /// <param name="groups">Only of these; null: of all.</param>
    /// <param name="voter">Null: nobody in particular.</param>
    public static Task<IReadOnlyList<QuestionRow>> WaitingAsync(Session session, IReadOnlyCollection<GroupId>? groups, string? voter, int most) =>
        ListAsync(
            session,
            $"""
            WHERE state IN ('asked', 'voting') {OfGroups(groups)}
            ORDER BY CASE WHEN EXISTS (SELECT 1 FROM face_tags t WHERE t.face_id = questions.face_id AND t.voter = @voter AND t.verdict <> 'is-not') THEN 1 ELSE 0 END,
                asked_at, id LIMIT @most
            """,
            new { groups = Ids(groups), voter = voter ?? "", most });

    /// <summary>How many wait for an answer.</summary>
    /// <param name="groups">Only of these; null: of all.</param>
    public static Task<int> CountOpenAsync(Session session, IReadOnlyCollection<GroupId>? groups) =>
        session.QuerySingleOrDefaultAsync<int>($"SELECT COUNT(*) FROM questions WHERE state IN ('asked', 'voting') {OfGroups(groups)}", new { groups = Ids(groups) });

    public static Task<int> CountAskedAsync(Session session, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM questions WHERE asked_at >= @since AND kind <> 'identified'", new { since = since.ToUnixTimeMilliseconds() });

    public static Task<int> CountDecidedAsync(Session session, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM questions WHERE state = 'decided' AND COALESCE(decided_at, changed_at) >= @since AND kind <> 'identified'",
            new { since = since.ToUnixTimeMilliseconds() });

    /// <summary>What was said of one face is asked about another, which is the same found again.</summary>
    public static Task FollowAsync(Session session, FaceId before, FaceId now) =>
        session.ExecuteAsync("UPDATE questions SET face_id = @now, changed_at = changed_at + 1 WHERE face_id = @before", new { before, now });

    private static string OfGroups(IReadOnlyCollection<GroupId>? groups) => groups is null ? "" : "AND group_id IN @groups";

    private static IEnumerable<string> Ids(IReadOnlyCollection<GroupId>? groups) => (groups ?? []).Select(group => group.Value);
}

/// <param name="Cluster">Null: it is about the one face.</param>
/// <param name="Face">The face that is shown.</param>
/// <param name="About">Of whom something is said.</param>
/// <param name="Photos">In how many photos the face was found.</param>
internal sealed record NewQuestion(
    QuestionId Id, GroupId Group, QuestionKind Kind, ClusterId? Cluster, FaceId Face, PhotoId Photo, PersonId? About = null, int Photos = 1);

/// <summary>A question whose face has a name.</summary>
internal sealed record NamedQuestion
{
    public QuestionId Id { get; init; }

    public PersonId PersonId { get; init; }
}

/// <summary>A face in a cluster.</summary>
internal sealed record FaceOfCluster
{
    public FaceId FaceId { get; init; }

    public PhotoId PhotoId { get; init; }

    public ClusterId ClusterId { get; init; }
}
