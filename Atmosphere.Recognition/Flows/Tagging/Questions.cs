using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>Questions in the database.</summary>
internal sealed class Questions(Database database, FacePictures pictures, IOptions<TaggingOptions> options, TimeProvider clock) : IQuestions
{
    private const int MostSuggestions = 5;
    private const int MostHelpers = 10;

    private static readonly TimeSpan _week = TimeSpan.FromDays(7);

    public async Task<QuestionView?> FindAsync(Session session, QuestionId question) =>
        await QuestionTable.FindAsync(session, question) is { } row ? await ViewAsync(session, row) : null;

    public async Task<IReadOnlyList<QuestionView>> WaitingAsync(Session session, IReadOnlyCollection<GroupId>? groups, string? voter, int most)
    {
        var rows = await QuestionTable.ListAsync(
            session,
            $"""
            WHERE state IN ('asked', 'voting') {OfGroups(groups)}
            ORDER BY CASE WHEN EXISTS (SELECT 1 FROM face_tags t WHERE t.face_id = questions.face_id AND t.voter = @voter AND t.verdict <> 'is-not') THEN 1 ELSE 0 END,
                asked_at, id LIMIT @most
            """,
            new { groups = Text(groups), voter = voter ?? "", most });
        var views = new List<QuestionView>();
        foreach (var row in rows)
            views.Add(await ViewAsync(session, row));
        return views;
    }

    public Task<int> CountWaitingAsync(Session session, IReadOnlyCollection<GroupId>? groups) =>
        session.QuerySingleOrDefaultAsync<int>($"SELECT COUNT(*) FROM questions WHERE state IN ('asked', 'voting') {OfGroups(groups)}", new { groups = Text(groups) });

    public async Task<IReadOnlyList<Suggestion>> PersonsAsync(Session session, QuestionId question, string typed, int most)
    {
        if (await QuestionTable.FindAsync(session, question) is not { } row)
            return [];

        var candidates = (await CandidatesAsync(session, row, int.MaxValue)).ToDictionary(one => one.Person, one => one.Similarity);
        var persons = await session.QueryAsync<Person>(
            $"SELECT p.id, p.name FROM persons p WHERE p.group_id = @GroupId AND {PersonTable.Taggable}", new { row.GroupId });
        var wanted = typed.Trim();
        return [.. persons
            .Where(person => person.Name.Contains(wanted, StringComparison.CurrentCultureIgnoreCase))
            .Select(person => new Suggestion(person.Id, person.Name, candidates.GetValueOrDefault(person.Id)))
            .OrderByDescending(person => person.Similarity ?? -1).ThenBy(person => person.Name, StringComparer.CurrentCultureIgnoreCase)
            .ThenBy(person => person.Person.Value, StringComparer.Ordinal)
            .Take(most)];
    }

    public async Task<WeekOfTags> WeekAsync(Session session)
    {
        var since = (clock.GetUtcNow() - _week).ToUnixTimeMilliseconds();
        var helpers = await session.QueryAsync<HelperRow>(
            """
            SELECT t.voter, c.name, COUNT(*) AS votes FROM face_tags t LEFT JOIN colleagues c ON c.voter = t.voter
            WHERE t.at >= @since AND t.verdict <> 'is-not' AND EXISTS (SELECT 1 FROM questions q WHERE q.face_id = t.face_id)
            GROUP BY t.voter, c.name ORDER BY votes DESC, t.voter LIMIT @MostHelpers
            """,
            new { since, MostHelpers });
        return new WeekOfTags(
            await session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM questions WHERE asked_at >= @since AND kind <> 'identified'", new { since }),
            await session.QuerySingleOrDefaultAsync<int>(
                "SELECT COUNT(*) FROM questions WHERE state = 'decided' AND COALESCE(decided_at, changed_at) >= @since AND kind <> 'identified'", new { since }),
            await session.QuerySingleOrDefaultAsync<int>(
                """
                SELECT COUNT(DISTINCT d.photo_id) FROM question_faces n JOIN faces f ON f.id = n.face_id AND f.verdict = 'named'
                JOIN media_distributions d ON d.photo_id = f.photo_id
                JOIN guardians g ON g.person_id = f.person_id AND g.participant_id = d.participant_id
                WHERE d.state IN ('sent', 'delivered', 'read') AND d.created_at >= @since
                """,
                new { since }),
            [.. helpers.Select(helper => new Helper(helper.Voter, helper.Name, (int)helper.Votes))]);
    }

    public async Task<byte[]?> PictureAsync(QuestionId question, bool surroundings, CancellationToken cancellation) =>
        await database.ReadAsync(session => QuestionTable.FindAsync(session, question), cancellation) is { IsOpen: true } row
            ? await pictures.GetAsync(row.PhotoId, row.FaceId, surroundings ? FacePicture.ZoomIn : FacePicture.Rectangle, cancellation)
            : null;

    private async Task<QuestionView> ViewAsync(Session session, QuestionRow row) =>
        new(row.Id, row.Kind, row.State, row.GroupId, await session.QuerySingleOrDefaultAsync<string>("SELECT name FROM groups WHERE id = @GroupId", row) ?? "")
        {
            Face = row.FaceId,
            Photo = row.PhotoId,
            AskedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.AskedAt),
            ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.ChangedAt),
            Thumbnail = row.IsOpen ? await QuestionPictures.ThumbnailAsync(session, row.Id, row.FaceId) : null,
            Photos = row.Photos,
            Delivered = row.State == QuestionState.Decided ? await DeliveredAsync(session, row.Id) : 0,
            Suggestions = row.IsOpen ? await CandidatesAsync(session, row, MostSuggestions) : [],
            Votes = await VotesAsync(session, row),
            Needed = options.Value.Votes,
            About = await SuggestionAsync(session, row, row.AboutId),
            Answer = QuestionTable.Answer(row.Answer),
            Person = await SuggestionAsync(session, row, row.PersonId),
            Reason = row.Reason,
        };

    /// <summary>Whom the faces of the question resemble, each with the best similarity; nobody of whom somebody said that it is not they.</summary>
    private static async Task<IReadOnlyList<Suggestion>> CandidatesAsync(Session session, QuestionRow row, int most) =>
        [.. (await session.QueryAsync<Candidate>(
            $"""
            SELECT p.id, p.name, MAX(c.similarity) AS similarity FROM candidates c JOIN persons p ON p.id = c.person_id AND p.group_id = @GroupId AND {PersonTable.Taggable}
            WHERE (c.face_id = @FaceId OR c.face_id IN (
                    SELECT f.face_id FROM cluster_faces f WHERE f.cluster_id = (SELECT o.cluster_id FROM cluster_faces o WHERE o.face_id = @FaceId)))
                AND NOT EXISTS (SELECT 1 FROM face_tags t WHERE t.face_id = @FaceId AND t.person_id = p.id AND t.verdict = 'is-not')
            GROUP BY p.id, p.name ORDER BY similarity DESC, p.id LIMIT @most
            """,
            new { row.GroupId, row.FaceId, most })).Select(one => new Suggestion(one.Id, one.Name, one.Similarity))];

    private static async Task<IReadOnlyList<VoteView>> VotesAsync(Session session, QuestionRow row) =>
        [.. (await session.QueryAsync<Vote>(
            """
            SELECT t.voter, t.verdict, p.id AS person_id, p.name, t.at FROM face_tags t
            LEFT JOIN persons p ON p.id = t.person_id AND p.state NOT IN ('failed', 'erasing')
            WHERE t.face_id = @FaceId AND t.verdict <> 'is-not' AND t.photo_id IS NULL AND (t.verdict <> 'is' OR p.id IS NOT NULL) ORDER BY t.at, t.voter
            """,
            row)).Select(vote => new VoteView(
                vote.Voter, QuestionTable.Answer(vote.Verdict) ?? TagAnswer.CannotTell, vote.PersonId, vote.Name, DateTimeOffset.FromUnixTimeMilliseconds(vote.At)))];

    private static async Task<Suggestion?> SuggestionAsync(Session session, QuestionRow row, PersonId? person)
    {
        if (person is not { } known)
            return null;
        var found = await session.QuerySingleOrDefaultAsync<Candidate>(
            """
            SELECT p.id, p.name, COALESCE(
                (SELECT f.similarity FROM faces f WHERE f.id = @FaceId AND f.person_id = p.id),
                (SELECT c.similarity FROM candidates c WHERE c.face_id = @FaceId AND c.person_id = p.id)) AS similarity
            FROM persons p WHERE p.id = @known AND p.state NOT IN ('failed', 'erasing')
            """,
            new { row.FaceId, known });
        return found is null ? null : new Suggestion(found.Id, found.Name, found.Similarity);
    }

    private static Task<int> DeliveredAsync(Session session, QuestionId question) =>
        session.QuerySingleOrDefaultAsync<int>(
            """
            SELECT COUNT(DISTINCT d.photo_id) FROM question_faces n JOIN faces f ON f.id = n.face_id AND f.verdict = 'named'
            JOIN media_distributions d ON d.photo_id = f.photo_id
            JOIN guardians g ON g.person_id = f.person_id AND g.participant_id = d.participant_id
            WHERE n.question_id = @question AND d.state IN ('sent', 'delivered', 'read')
            """,
            new { question });

    private static string OfGroups(IReadOnlyCollection<GroupId>? groups) => groups is null ? "" : "AND group_id IN @groups";

    private static IEnumerable<string> Text(IReadOnlyCollection<GroupId>? groups) => (groups ?? []).Select(group => group.Value);

    private sealed record Person
    {
        public PersonId Id { get; init; }

        public string Name { get; init; } = "";
    }

    private sealed record Candidate
    {
        public PersonId Id { get; init; }

        public string Name { get; init; } = "";

        public float? Similarity { get; init; }
    }

    private sealed record Vote
    {
        public string Voter { get; init; } = "";

        public string Verdict { get; init; } = "";

        public PersonId? PersonId { get; init; }

        public string? Name { get; init; }

        public long At { get; init; }
    }

    private sealed record HelperRow
    {
        public string Voter { get; init; } = "";

        public string? Name { get; init; }

        public long Votes { get; init; }
    }
}
