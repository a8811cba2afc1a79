using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bench.Scale;

/// <summary>How many of everything a generator makes.</summary>
/// <param name="Participants">The participants who talk to the bot.</param>
/// <param name="Groups">With their share of everything else; the class group is one of them.</param>
/// <param name="Persons">Each with one guardian and three learned faces.</param>
/// <param name="Photos">Each with three faces: two are persons of the group, one is nobody.</param>
internal sealed record CrowdSize(int Participants, int Groups, int Persons, int Photos)
{
    public IEnumerable<string> Problems()
    {
        foreach (var (name, value, least) in new[] { ("--participants", Participants, 1), ("--groups", Groups, 1), ("--persons", Persons, 1), ("--photos", Photos, 0) })
        {
            if (value < least || value > 10_000_000)
                yield return $"{name} must be {least} to 10000000.";
        }

        if (Participants < Groups || Persons < Groups)
            yield return "--participants and --persons must be at least as many as --groups.";
    }
}

/// <summary>Writes the rows of a system that has been used for long: made of numbers and random vectors, of nobody.</summary>
internal sealed class Crowd(Database database, IFaceEngine engine, TimeProvider clock)
{
    private const int VectorLength = 128;
    private const int Vectors = 2_000;

    private static readonly string[] _photoSteps =
        ["ProcessImage", "ExtractExif", "DetectFaces", "GenerateEmbeddings", "MatchFaces", "CompleteImage", "PostProcessImage", "DistributeMedia"];

    public async Task WriteAsync(CrowdSize size, CancellationToken cancellation)
    {
        await InAsync(GroupRows, new { count = size.Groups, now = Now(), engine.Model, of = ClassGroup.Id.Value }, cancellation);
        await InAsync(ParticipantRows, new { count = size.Participants, groups = size.Groups, now = Now(), of = ClassGroup.Id.Value }, cancellation);
        await InAsync(VectorRows(), new { }, cancellation);
        await InAsync(
            PersonRows,
            new { count = size.Persons, groups = size.Groups, participants = size.Participants, vectors = Vectors, now = Now(), of = ClassGroup.Id.Value },
            cancellation);

        // In parts: one transaction of millions of rows would fill the log.
        const int Part = 5_000;
        for (var from = 0; from < size.Photos; from += Part)
        {
            await InAsync(
                PhotoRows(),
                new
                {
                    from,
                    count = Math.Min(Part, size.Photos - from),
                    groups = size.Groups,
                    persons = size.Persons,
                    participants = size.Participants,
                    vectors = Vectors,
                    now = Now(),
                    engine.Model,
                    of = ClassGroup.Id.Value,
                },
                cancellation);
        }

        await InAsync(["DROP TABLE crowd_vectors"], new { }, cancellation);
    }

    // The number of a row is n; group 0 is the class group. Rows of the same group are n, n + groups, n + 2 groups ...
    private const string Group = "CASE WHEN n % @groups = 0 THEN @of ELSE 'crowd-' || (n % @groups) END";

    private static string Numbers(string from = "0") =>
        $"WITH RECURSIVE numbers (n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {from} + @count)";

    private static IEnumerable<string> GroupRows =>
    [
        $"INSERT INTO groups (id, name, confirms, checks_matches, created_at) {Numbers()} SELECT 'crowd-' || n, 'Group ' || n, 0, 0, @now FROM numbers WHERE n > 0",
        $"INSERT INTO collections (id, model, version) {Numbers()} SELECT CASE WHEN n = 0 THEN @of ELSE 'crowd-' || n END, @Model, 1 FROM numbers WHERE TRUE ON CONFLICT (id) DO NOTHING",
    ];

    private static IEnumerable<string> ParticipantRows =>
    [
        $$"""
        INSERT INTO participants (id, channel, address, reference, language, created_at)
        {{Numbers()}} SELECT 'crowd-' || n, 'directline', 'crowd-' || n, '{}', 'en', @now FROM numbers
        """,
        $"INSERT INTO group_participants (group_id, participant_id, joined_at) {Numbers()} SELECT {Group}, 'crowd-' || n, @now FROM numbers",
    ];

    private static IEnumerable<string> PersonRows =>
    [
        $"INSERT INTO persons (id, group_id, name, state, confirmed_at, created_at) {Numbers()} SELECT 'crowd-' || n, {Group}, 'Child ' || n, 'connected', @now, @now FROM numbers",
        $"INSERT INTO guardians (person_id, participant_id, role, since) {Numbers()} SELECT 'crowd-' || n, 'crowd-' || (n % @participants), 'owner', @now FROM numbers",
        $"INSERT INTO consents (person_id, participant_id, version, text, given_at) {Numbers()} SELECT 'crowd-' || n, 'crowd-' || (n % @participants), '1', 'yes', @now FROM numbers",
        $"INSERT INTO collection_users (collection_id, user_id) {Numbers()} SELECT {Group}, 'crowd-' || n FROM numbers",
        $"""
        INSERT INTO collection_faces (collection_id, face_id, user_id, position, vector)
        {Numbers()} SELECT {Group}, 'crowd-' || n || '-' || part, 'crowd-' || n, n * 3 + part, v.vector
        FROM numbers, (SELECT 0 AS part UNION SELECT 1 UNION SELECT 2) parts JOIN crowd_vectors v ON v.number = (n * 7 + part) % @vectors
        """,
    ];

    /// <summary>Faces a and b of photo n are persons of its group, face c is nobody.</summary>
    private static IEnumerable<string> PhotoRows()
    {
        const string Faces = "(SELECT 'a' AS part, 0 AS place UNION SELECT 'b', 1 UNION SELECT 'c', 2) parts";
        // Of the photo's group: as far from 0 as the photo's own number within its group goes round.
        const string Person = "'crowd-' || (n % @groups + @groups * ((n / @groups + place) % (@persons / @groups)))";
        const string Guardian = "'crowd-' || ((n % @groups + @groups * ((n / @groups + place) % (@persons / @groups))) % @participants)";
        var numbers = Numbers("@from");
        yield return
            $"""
            INSERT INTO photos (id, group_id, source_id, state, media, file_name, width, height, received_at, decided_at, distributed_at, faces, gate_opened_at)
            {numbers} SELECT 'crowd-' || n, {Group}, 'crowd-' || n, 'processed', NULL, '', 1600, 1200, @now - n * 50, @now, @now, 3, @now FROM numbers
            """;
        yield return $"INSERT INTO inbox (group_id, source_id, photo_id, received_at) {numbers} SELECT {Group}, 'crowd-' || n, 'crowd-' || n, @now - n * 50 FROM numbers";
        yield return $"INSERT INTO sync_points (photo_id, exif_at, faces_at, opened_at) {numbers} SELECT 'crowd-' || n, @now, @now, @now FROM numbers";
        yield return $"INSERT INTO exif (photo_id, camera, taken_at) {numbers} SELECT 'crowd-' || n, 'Camera', '2026-03-01T08:00:00' FROM numbers";
        yield return
            $"""
            INSERT INTO image_table (partition, row, group_id, state, faces, width, height, received_at)
            {numbers} SELECT '2026-03-01', 'crowd-' || n, {Group}, 'processed', 3, 1600, 1200, @now FROM numbers
            """;
        yield return $"INSERT INTO notifications (kind, photo_id, text, created_at) {numbers} SELECT 'completed', 'crowd-' || n, '3 faces', @now FROM numbers";
        foreach (var step in _photoSteps)
            yield return $"INSERT INTO photo_steps (photo_id, step, outcome, ended_at) {numbers} SELECT 'crowd-' || n, '{step}', 'done', @now FROM numbers";
        yield return
            $$"""
            INSERT INTO bounding_boxes (face_id, photo_id, position, x, y, width, height, score, landmarks, quality)
            {{numbers}} SELECT 'crowd-' || n || part, 'crowd-' || n, place, 100 + 300 * place, 100, 200, 200, 0.9, v.vector, '{}'
            FROM numbers, {{Faces}} JOIN crowd_vectors v ON v.number = n % @vectors
            """;
        yield return
            $"""
            INSERT INTO embeddings (face_id, photo_id, model, vector, mirror_distance)
            {numbers} SELECT 'crowd-' || n || part, 'crowd-' || n, @Model, v.vector, 0.1 FROM numbers, {Faces} JOIN crowd_vectors v ON v.number = (n * 11 + place) % @vectors
            """;
        yield return
            $"""
            INSERT INTO faces (id, photo_id, x, y, width, height, score, person_id, similarity, verdict, decided_at)
            {numbers} SELECT 'crowd-' || n || part, 'crowd-' || n, 100 + 300 * place, 100, 200, 200, 0.9,
                CASE WHEN part <> 'c' THEN {Person} END, CASE WHEN part <> 'c' THEN 96.5 END, CASE WHEN part <> 'c' THEN 'named' ELSE 'nobody' END, @now
            FROM numbers, {Faces}
            """;
        yield return
            $"""
            INSERT INTO searches (face_id, photo_id, verdict, near_enough, collection_version)
            {numbers} SELECT 'crowd-' || n || part, 'crowd-' || n, CASE WHEN part <> 'c' THEN 'named' ELSE 'nobody' END, 1, 1 FROM numbers, {Faces}
            """;
        yield return
            $"""
            INSERT INTO candidates (face_id, rank, photo_id, person_id, similarity)
            {numbers} SELECT 'crowd-' || n || part, 1, 'crowd-' || n, {Person}, 96.5 FROM numbers, {Faces} WHERE part <> 'c'
            """;
        yield return
            $"""
            INSERT INTO clusters (id, group_id, state, faces, founded_at, changed_at)
            {numbers} SELECT 'crowd-' || n, {Group}, 'open', 1, @now, @now FROM numbers WHERE (n / @groups) % 8 = 0
            """;
        yield return
            $"""
            INSERT INTO cluster_faces (face_id, cluster_id, group_id, photo_id, joined_at)
            {numbers} SELECT 'crowd-' || n || 'c', 'crowd-' || n, {Group}, 'crowd-' || n, @now FROM numbers WHERE (n / @groups) % 8 = 0
            """;
        yield return
            $"""
            INSERT INTO media_distributions (id, photo_id, participant_id, state, created_at, sent_at)
            {numbers} SELECT 'crowd-' || n || part, 'crowd-' || n, {Guardian}, 'sent', @now, @now FROM numbers, {Faces} WHERE part <> 'c'
            ON CONFLICT (photo_id, participant_id) DO NOTHING
            """;
    }

    private static IEnumerable<string> VectorRows()
    {
        yield return "CREATE TABLE crowd_vectors (number INTEGER PRIMARY KEY, vector BLOB NOT NULL)";
        // Every run the same: a measurement is repeated, not drawn anew.
#pragma warning disable CA5394
        var random = new Random(20261121);
        for (var number = 0; number < Vectors; number++)
        {
            var values = Enumerable.Range(0, VectorLength).Select(_ => (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5)).ToArray();
            yield return $"INSERT INTO crowd_vectors (number, vector) VALUES ({number}, X'{Convert.ToHexString(Embedding.FromValues(values).ToBytes())}')";
        }
#pragma warning restore CA5394
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private Task InAsync(IEnumerable<string> statements, object arguments, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                foreach (var sql in statements)
                    await session.ExecuteAsync(sql, arguments);
            },
            cancellation);
}
